/**
 * Owns a flatbed's page: documents on the glass under a lid, with the shadows and the noise of a scanner.
 * Never draws documents (documents/).
 */
import type { Specimen } from './documents/specimen.ts';
import { contactShadow } from './effects.ts';
import { newFrame, quantise, type Frame } from './frame.ts';
import type { Point, Quad } from '../../renderer/vision/geometry.ts';
import { createPrng } from './prng.ts';
import type { Raster } from './raster.ts';
import { textureOf, warpInto } from './warp.ts';

/** One document on the glass. */
export interface Laid {
  readonly specimen: Pick<Specimen, 'widthMm' | 'heightMm' | 'picture'>;
  /** Of its middle, from the upper left corner of the glass. */
  readonly xMm: number;
  readonly yMm: number;
  /** Clockwise. */
  readonly turnDeg: number;
}

export interface GlassRequest {
  readonly seed: number;
  readonly dpi: number;
  /** A4 unless told. */
  readonly widthMm?: number;
  readonly heightMm?: number;
  /** Luma of the lid, 0…255. */
  readonly lid: number;
  /** By how much each channel of the lid differs from it. */
  readonly tint?: readonly [red: number, green: number, blue: number];
  /** Standard deviation of the sensor's noise, of 255. */
  readonly noise?: number;
  readonly laid: readonly Laid[];
  /** The lid does not close: a dark strip along the right and the lower edge, so wide. */
  readonly shadowStripMm?: number;
  /** How dark the soft shadow beside a document is, 0…1. */
  readonly shadow?: number;
}

export interface Glass {
  readonly page: Raster;
  /** Corners in reading order of each document, in pixels. */
  readonly quads: readonly Quad[];
}

const A4 = { widthMm: 210, heightMm: 297 };
const NOISE_SIGMA = 2;
/** The lamp moves along the page and stands on one side of it: so much darker is the far edge, of 255. */
const FALL_OFF = 5;
const SHADOW_MM = 1.6;
const SHADOW_SHIFT_MM = 0.7;
const SHADOW_STRIP_DEPTH = 0.45;

/** Corners of a document of this size that lies turned around its middle. */
function laidQuad({ specimen, xMm, yMm, turnDeg }: Laid, pxPerMm: number): Quad {
  const turn = (turnDeg * Math.PI) / 180;
  const at = (right: number, down: number): Point => {
    const x = (right * specimen.widthMm) / 2;
    const y = (down * specimen.heightMm) / 2;
    return {
      x: (xMm + x * Math.cos(turn) - y * Math.sin(turn)) * pxPerMm,
      y: (yMm + x * Math.sin(turn) + y * Math.cos(turn)) * pxPerMm,
    };
  };
  return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
}

function drawLid({ data, widthPx, heightPx }: Frame, { lid, tint }: GlassRequest): void {
  for (let row = 0; row < heightPx; row += 1)
    data.fill(lid - (FALL_OFF * row) / heightPx, row * widthPx * 3, (row + 1) * widthPx * 3);
  if (tint === undefined) return;
  for (let at = 0; at < data.length; at += 1) data[at] = (data[at] ?? 0) + (tint[at % 3] ?? 0);
}

/** Darker and darker towards the right and the lower edge. */
function shadeEdges({ data, widthPx, heightPx }: Frame, stripPx: number): void {
  for (let row = 0; row < heightPx; row += 1)
    for (let column = 0; column < widthPx; column += 1) {
      const inside = Math.min(widthPx - column, heightPx - row);
      if (inside >= stripPx) continue;
      const factor = 1 - SHADOW_STRIP_DEPTH * (1 - inside / stripPx);
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (row * widthPx + column) * 3 + channel;
        data[at] = (data[at] ?? 0) * factor;
      }
    }
}

/** Draw a page as the scanner delivers it. */
export function drawGlass(request: GlassRequest): Glass {
  const { seed, dpi, laid, shadowStripMm = 0, shadow = 0.25, noise = NOISE_SIGMA } = request;
  const { widthMm = A4.widthMm, heightMm = A4.heightMm } = request;
  const pxPerMm = dpi / 25.4;
  const frame = newFrame(Math.round(widthMm * pxPerMm), Math.round(heightMm * pxPerMm));
  drawLid(frame, request);
  const quads = laid.map((one) => laidQuad(one, pxPerMm));
  const shift = { x: SHADOW_SHIFT_MM * pxPerMm, y: SHADOW_SHIFT_MM * pxPerMm };
  for (const [index, { specimen }] of laid.entries()) {
    const quad = quads[index];
    if (quad === undefined) continue;
    contactShadow(frame, quad, shift, SHADOW_MM * pxPerMm, shadow);
    warpInto(frame, textureOf(specimen.picture), quad);
  }
  if (shadowStripMm > 0) shadeEdges(frame, shadowStripMm * pxPerMm);
  return { page: quantise(frame, noise, createPrng(seed, 'scanner')), quads };
}
