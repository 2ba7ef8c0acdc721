// The little of fontkit 2 that we use, which has no types of its own.
declare module 'fontkit' {
  export type PathCommand = {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  };
  export type FontkitGlyph = {
    readonly id: number;
    readonly advanceWidth: number;
    readonly path: { readonly commands: readonly PathCommand[] };
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
  };
  export type FontkitFont = {
    readonly numGlyphs: number;
    getGlyph(id: number): FontkitGlyph;
    glyphForCodePoint(codePoint: number): FontkitGlyph;
    glyphsForString(text: string): readonly FontkitGlyph[];
  };
  export function create(bytes: Uint8Array): FontkitFont;
}
