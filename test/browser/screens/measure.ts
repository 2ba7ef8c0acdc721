// Measures a page as it stands in the browser. Answers what is wrong, in words that say
// where; an empty list is a good screen.
import type { Page } from 'playwright-core';
import type { Panel } from './browser.js';

export async function faultsOf(page: Page, panel: Panel): Promise<readonly string[]> {
  const { width, height, targetPx, textPx, headingPx } = panel;
  return page.evaluate(measure, { width, height, targetPx, textPx, headingPx, contrast: 7 });
}

type Rules = Pick<Panel, 'width' | 'height' | 'targetPx' | 'textPx' | 'headingPx'> & { readonly contrast: number };

/** Runs inside the page, so it stands alone. */
function measure(rules: Rules): string[] {
  const faults: string[] = [];
  const say = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} 「${(element.textContent ?? '').slice(0, 24)}」`;
  const rgba = (text: string): [number, number, number, number] => {
    const [r = 0, g = 0, b = 0, a = 1] = (/rgba?\(([^)]+)\)/.exec(text)?.[1] ?? '').split(/[ ,/]+/).map(Number);
    return [r, g, b, a];
  };
  const luminance = (text: string): number => {
    const [r = 0, g = 0, b = 0] = rgba(text)
      .slice(0, 3)
      .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (rgba(ground)[3] === 1) return ground;
    }
    return 'rgb(255, 255, 255)';
  };
  const shapeUnder = (text: Element): string => {
    const box = text.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const under = stack
      .slice(stack.indexOf(text) + 1)
      .find((element) => !(element instanceof SVGElement) || !/none|url/.test(getComputedStyle(element).fill));
    if (under === undefined) return 'rgb(255, 255, 255)';
    return under instanceof SVGElement && under.tagName !== 'svg' ? getComputedStyle(under).fill : groundOf(under);
  };
  const heard = (element: Element): boolean => element.closest('.only-heard') !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || heard(element) || (node.textContent ?? '').trim() === '') continue;
    const style = getComputedStyle(element);
    const drawn = element.closest('svg') !== null;
    const ratio = drawn ? contrast(style.fill, shapeUnder(element)) : contrast(style.color, groundOf(element));
    if (ratio < rules.contrast) faults.push(`contrast ${ratio.toFixed(1)}: ${say(element)}`);
    if (!drawn && parseFloat(style.fontSize) < rules.textPx) faults.push(`text ${style.fontSize}: ${say(element)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const place = element.closest('.frame-middle, .frame-heading, .frame-top, .frame-actions, .wait-over');
    const bounds = place?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      const outside =
        bounds === undefined ||
        box.left < bounds.left - 1 ||
        box.right > bounds.right + 1 ||
        box.top < bounds.top - 4 ||
        box.bottom > bounds.bottom + 4;
      if (outside) faults.push(`outside its place: ${say(element)}`);
    }
  }
  const targets = [...document.querySelectorAll('button, .choice, .frame-middle > *, .frame-content > *, .masked span')];
  for (const element of targets) {
    const box = element.getBoundingClientRect();
    const pressed = element.matches('button, .choice:not(.closed)');
    if (pressed && (box.width < rules.targetPx - 0.5 || box.height < rules.targetPx - 0.5))
      faults.push(`target ${Math.round(box.width)}×${Math.round(box.height)}: ${say(element)}`);
    const bounds = element.closest('.frame-middle, .frame-top, .frame-actions')?.getBoundingClientRect();
    if (
      bounds !== undefined &&
      (box.top < bounds.top - 1 || box.bottom > bounds.bottom + 1 || box.left < bounds.left - 1 || box.right > bounds.right + 1)
    )
      faults.push(`beyond its place: ${say(element)}`);
    if (pressed && element.scrollWidth > element.clientWidth + 1) faults.push(`words too wide: ${say(element)}`);
  }
  const boxes = targets
    .filter((element) => element.matches('button, .choice'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }));
  boxes.forEach(({ element, box }, at) => {
    for (const other of boxes.slice(at + 1))
      if (box.left < other.box.right && other.box.left < box.right && box.top < other.box.bottom && other.box.top < box.bottom)
        faults.push(`overlap: ${say(element)} and ${say(other.element)}`);
  });
  const pictures = [...document.querySelectorAll('.frame-picture svg')].filter((svg) => svg.getBoundingClientRect().height < 180);
  if (pictures.length > 0) faults.push('the picture is too small to be seen');
  const heading = document.querySelector('h1');
  if (heading === null || parseFloat(getComputedStyle(heading).fontSize) < rules.headingPx) faults.push('heading too small or missing');
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > rules.width || scrollHeight > rules.height) faults.push(`scrolls: ${scrollWidth}×${scrollHeight}`);
  if (document.querySelectorAll('.choice').length > 6) faults.push('more than six choices');
  return [...new Set(faults)];
}
