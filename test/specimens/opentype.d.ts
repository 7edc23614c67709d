/**
 * Owns the types of what specimens use of opentype.js 2.0, which ships none.
 * Never more than that.
 */
declare module 'opentype.js/dist/opentype.mjs' {
  /** One drawing command; which numbers there are depends on its type, as in SVG. */
  export interface PathCommand {
    readonly type: 'C' | 'L' | 'M' | 'Q' | 'Z';
    readonly x1?: number;
    readonly y1?: number;
    readonly x2?: number;
    readonly y2?: number;
    readonly x?: number;
    readonly y?: number;
  }
  export interface Font {
    readonly unitsPerEm: number;
    charToGlyphIndex(character: string): number;
    getAdvanceWidth(text: string, fontSize: number): number;
    getPath(
      text: string,
      x: number,
      y: number,
      fontSize: number,
    ): { readonly commands: readonly PathCommand[] };
  }
  export function parse(bytes: ArrayBuffer): Font;
}
