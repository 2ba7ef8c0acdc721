// Measures a page as it stands in the browser, and judges it by the sizes of the panel.
// Answers what is wrong, in words that say where; an empty list is a good screen.
import type { Page } from 'playwright-core';
import type { Panel } from './browser.js';
import { collectTargets, collectTexts, type Box, type Target, type Text } from './collect.js';
import { contrast } from './contrast.js';

const leastContrast = 7;
const mostChoices = 6;
const leastPictureHeightPx = 180;

export async function faultsOf(page: Page, panel: Panel): Promise<readonly string[]> {
  const texts = await page.evaluate(collectTexts);
  const targets = await page.evaluate(collectTargets);
  const rest = await page.evaluate(() => ({
    heading: parseFloat(getComputedStyle(document.querySelector('h1, .wait-over-title') ?? document.body).fontSize),
    pictures: [...document.querySelectorAll('.frame-picture svg')].map((svg) => svg.getBoundingClientRect().height),
    choices: document.querySelectorAll('.choice').length,
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
  }));
  const faults = [
    ...texts.flatMap((text) => textFaults(text, panel)),
    ...targets.flatMap((target) => targetFaults(target, panel)),
    ...overlaps(targets.filter(({ pressed }) => pressed)),
    ...overlaps(targets.filter(({ atTop }) => atTop)),
    ...(rest.heading < panel.headingPx ? [`heading of ${rest.heading} px`] : []),
    ...rest.pictures.filter((height) => height < leastPictureHeightPx).map((height) => `picture of ${height} px`),
    ...(rest.choices > mostChoices ? [`${rest.choices} choices`] : []),
    ...(rest.width > panel.width || rest.height > panel.height ? [`scrolls: ${rest.width}×${rest.height}`] : []),
    ...(texts.length === 0 ? ['nothing to read'] : []),
  ];
  return [...new Set(faults)];
}

function textFaults(text: Text, panel: Panel): readonly string[] {
  const ratio = contrast(text.color, text.ground);
  // Ink may reach a little beyond the line box of its place.
  const outside = text.boxes.some((box) => text.place === null || isOutside(box, text.place, 4));
  return [
    ...(ratio < leastContrast ? [`contrast ${ratio.toFixed(1)}: ${text.said}`] : []),
    ...(!text.drawn && text.sizePx < panel.textPx - 0.1 ? [`text of ${text.sizePx} px: ${text.said}`] : []),
    ...(outside ? [`outside its place: ${text.said}`] : []),
  ];
}

function targetFaults(target: Target, panel: Panel): readonly string[] {
  const { left, right, top, bottom } = target.box;
  const small = target.pressed && (right - left < panel.targetPx - 0.5 || bottom - top < panel.targetPx - 0.5);
  return [
    ...(small ? [`target of ${Math.round(right - left)}×${Math.round(bottom - top)}: ${target.said}`] : []),
    ...(target.place !== null && isOutside(target.box, target.place, 1) ? [`beyond its place: ${target.said}`] : []),
    ...(target.pressed && target.wordsTooWide ? [`words too wide: ${target.said}`] : []),
  ];
}

function overlaps(targets: readonly Target[]): readonly string[] {
  return targets.flatMap((one, at) =>
    targets
      .slice(at + 1)
      .filter(({ box }) => box.left < one.box.right && one.box.left < box.right && box.top < one.box.bottom && one.box.top < box.bottom)
      .map((other) => `overlap: ${one.said} and ${other.said}`),
  );
}

function isOutside(box: Box, place: Box, slackPx: number): boolean {
  return box.left < place.left - 1 || box.right > place.right + 1 || box.top < place.top - slackPx || box.bottom > place.bottom + slackPx;
}
