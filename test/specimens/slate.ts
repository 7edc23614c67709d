/**
 * Owns the slate: a strip of black and white cells along the top edge of session clips, as film crews use,
 * so that whoever drives the camera sees which step is on. Never carries anything about a person.
 */
import { CAPTURE_STEPS, type CaptureStep } from '../../preload/contract/vocabulary.ts';
import type { Raster } from './raster.ts';

/** What a frame of a session clip shows. */
export interface Slate {
  /** Null: nothing to capture. */
  readonly step: CaptureStep | null;
  /** It lies still and may be captured. */
  readonly isSettled: boolean;
}

/** Cells: white, black, three bits of the step (0 = none), settled, even parity of those four. */
const CELLS = 7;
/** Of the frame's width: a cell is 32 × 8 pixels at 1280, whole blocks of the JPEG. */
const CELL_WIDTH_SHARE = 1 / 40;
const CELL_HEIGHT_SHARE = 1 / 160;

function bitsOf({ step, isSettled }: Slate): readonly number[] {
  const code = step === null ? 0 : CAPTURE_STEPS.indexOf(step) + 1;
  const payload = [(code >> 2) & 1, (code >> 1) & 1, code & 1, isSettled ? 1 : 0];
  return [1, 0, ...payload, payload.reduce((parity, bit) => parity ^ bit, 0)];
}

/** Draw the slate over the top left corner, in place. */
export function drawSlate(picture: Raster, slate: Slate): void {
  const cellWidth = Math.round(picture.widthPx * CELL_WIDTH_SHARE);
  const cellHeight = Math.round(picture.widthPx * CELL_HEIGHT_SHARE);
  for (const [cell, bit] of bitsOf(slate).entries()) {
    for (let row = 0; row < cellHeight; row += 1) {
      const from = (row * picture.widthPx + cell * cellWidth) * picture.channels;
      picture.data.fill(bit === 1 ? 235 : 16, from, from + cellWidth * picture.channels);
    }
  }
}

/**
 * Read the slate of a frame at any scale. `rgba`: at least the top rows of the frame, four bytes a pixel, as a
 * canvas gives them: `getImageData(0, 0, widthPx, rows)` with `rows` from slateRows(). Null: no slate there.
 */
export function readSlate(rgba: Uint8Array | Uint8ClampedArray, widthPx: number): Slate | null {
  const cellWidth = widthPx * CELL_WIDTH_SHARE;
  const middleRow = Math.floor((widthPx * CELL_HEIGHT_SHARE) / 2);
  const lumas = Array.from({ length: CELLS }, (_, cell) => {
    const at = (middleRow * widthPx + Math.floor((cell + 0.5) * cellWidth)) * 4;
    return ((rgba[at] ?? 0) + 2 * (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0)) / 4;
  });
  if (lumas.some((luma) => luma > 90 && luma < 170)) return null;
  const bits = lumas.map((luma) => (luma >= 170 ? 1 : 0));
  const [white, black, ...payload] = bits;
  const parity = payload.reduce<number>((sum, bit) => sum ^ bit, 0);
  if (white !== 1 || black !== 0 || parity !== 0) return null;
  const [four = 0, two = 0, one = 0, settled] = payload;
  const code = four * 4 + two * 2 + one;
  if (code > CAPTURE_STEPS.length) return null;
  return { step: CAPTURE_STEPS[code - 1] ?? null, isSettled: settled === 1 };
}

/** Rows of a frame of this width that hold the slate. */
export function slateRows(widthPx: number): number {
  return Math.ceil(widthPx * CELL_HEIGHT_SHARE);
}
