// What is read off a page. The two functions run inside the browser, so each stands alone.

export type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
export type Text = {
  readonly said: string;
  /** Part of a picture. */
  readonly drawn: boolean;
  readonly color: string;
  readonly ground: string;
  readonly sizePx: number;
  readonly boxes: readonly Box[];
  readonly place: Box | null;
};
export type Target = {
  readonly said: string;
  readonly pressed: boolean;
  /** Name of the service and the time: boxes that stand side by side. */
  readonly atTop: boolean;
  readonly box: Box;
  readonly place: Box | null;
  readonly wordsTooWide: boolean;
};

export function collectTexts(): Text[] {
  const plain = (box: DOMRect): Box => ({ left: box.left, right: box.right, top: box.top, bottom: box.bottom });
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0(\.\d+)?\)$|transparent/.test(ground)) return ground;
    }
    return 'rgb(255, 255, 255)';
  };
  const shapeUnder = (element: Element): string => {
    const box = element.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const below = stack.slice(stack.indexOf(element) + 1);
    const under = below.find((other) => !(other instanceof SVGElement) || !/none|url/.test(getComputedStyle(other).fill));
    if (under instanceof SVGElement && under.tagName !== 'svg') return getComputedStyle(under).fill;
    return groundOf(under ?? document.body);
  };
  const texts: Text[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const said = (node.textContent ?? '').trim();
    if (element === null || said === '' || element.closest('.only-heard, [inert]') !== null) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden') continue;
    const drawn = element.closest('svg') !== null;
    const range = document.createRange();
    range.selectNodeContents(node);
    const place = element.closest('.frame-middle, .frame-heading, .frame-top, .frame-actions, .wait-over')?.getBoundingClientRect();
    texts.push({
      said,
      drawn,
      color: drawn ? style.fill : style.color,
      ground: drawn ? shapeUnder(element) : groundOf(element),
      sizePx: parseFloat(style.fontSize),
      boxes: [...range.getClientRects()].map(plain),
      place: place === undefined ? null : plain(place),
    });
  }
  return texts;
}

export function collectTargets(): Target[] {
  const plain = (box: DOMRect): Box => ({ left: box.left, right: box.right, top: box.top, bottom: box.bottom });
  const all = document.querySelectorAll('button, .choice, .frame-second > *, .frame-middle > *, .frame-content > *, .masked span');
  return [...all]
    .filter((element) => element.closest('[inert]') === null)
    .map((element) => {
      const place = element.closest('.frame-middle, .frame-top, .frame-actions')?.getBoundingClientRect();
      return {
        said: `${element.tagName.toLowerCase()}「${(element.textContent ?? '').slice(0, 24)}」`,
        pressed: element.matches('button, .choice:not(.closed)'),
        atTop: element.matches('.frame-second > *'),
        box: plain(element.getBoundingClientRect()),
        place: place === undefined ? null : plain(place),
        wordsTooWide: element.scrollWidth > element.clientWidth + 1,
      };
    });
}
