// How wide a name is drawn, in half-width characters (東アジアの文字幅, UAX #11 in short: what
// is not from the alphabets at the beginning of Unicode counts two). Long names get more
// room by fewer names on a page; they are never cut off.

/** A name wider than this takes more than two lines of a choice. */
const longNameWidth = 40;

export function isLongName(name: string): boolean {
  return nameWidth(name) > longNameWidth;
}

export function nameWidth(name: string): number {
  return Array.from(name).reduce((width, character) => width + widthOf(character.codePointAt(0) ?? 0), 0);
}

function widthOf(codePoint: number): number {
  const selector = (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
  if (selector) return 0;
  const halfWidth = codePoint < 0x2e80 || (codePoint >= 0xff61 && codePoint <= 0xff9f);
  return halfWidth ? 1 : 2;
}
