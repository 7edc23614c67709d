/**
 * Owns what light, lens and hands do to a frame: gradient, shadows, glare, fingers, blur. All in place.
 * Never adds sensor noise: quantise() does.
 */
import type { Frame } from './frame.ts';
import type { Point, Quad } from '../../renderer/vision/geometry.ts';
import { invert, project, squareToQuad } from '../../renderer/vision/homography.ts';

function scalePixel(data: Float32Array, pixel: number, factor: number): void {
  const index = pixel * 3;
  data[index] = (data[index] ?? 0) * factor;
  data[index + 1] = (data[index + 1] ?? 0) * factor;
  data[index + 2] = (data[index + 2] ?? 0) * factor;
}

/** Light falls off across the frame: `1 ± strength` along the direction, a little less in the corners. */
export function lightGradient(frame: Frame, directionDeg: number, strength: number): void {
  const { widthPx, heightPx, data } = frame;
  const dx = Math.cos((directionDeg * Math.PI) / 180);
  const dy = Math.sin((directionDeg * Math.PI) / 180);
  for (let row = 0; row < heightPx; row += 1) {
    const y = row / heightPx - 0.5;
    for (let column = 0; column < widthPx; column += 1) {
      const x = column / widthPx - 0.5;
      const factor = 1 + strength * 2 * (x * dx + y * dy) - 0.24 * (x * x + y * y);
      scalePixel(data, row * widthPx + column, factor);
    }
  }
}

function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** The soft dark rim under a card that lies on a table. Call before the card is drawn. */
export function contactShadow(
  frame: Frame,
  quad: Quad,
  shift: Point,
  softnessPx: number,
  depth: number,
): void {
  const { widthPx, heightPx, data } = frame;
  const moved = quad.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
  const xs = moved.map((point) => point.x);
  const ys = moved.map((point) => point.y);
  const left = Math.max(0, Math.floor(Math.min(...xs) - softnessPx));
  const right = Math.min(widthPx, Math.ceil(Math.max(...xs) + softnessPx));
  const top = Math.max(0, Math.floor(Math.min(...ys) - softnessPx));
  const bottom = Math.min(heightPx, Math.ceil(Math.max(...ys) + softnessPx));
  /** Signed distances to the four edges, positive outside; clockwise corners. */
  const edges = moved.map((from, index) => {
    const to = moved[(index + 1) % 4] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const nx = (to.y - from.y) / length;
    const ny = -(to.x - from.x) / length;
    return { nx, ny, offset: -(nx * from.x + ny * from.y) };
  });
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      let outside = -Infinity;
      for (const { nx, ny, offset } of edges) {
        const far = nx * column + ny * row + offset;
        if (far > outside) outside = far;
      }
      const shade = 1 - depth * (1 - smoothstep(-softnessPx, softnessPx, outside));
      scalePixel(data, row * widthPx + column, shade);
    }
  }
}

/** The shadow of somebody who leans over: one side of a line falls to `1 − depth`. */
export function castShadow(
  frame: Frame,
  through: Point,
  directionDeg: number,
  depth: number,
): void {
  const { widthPx, heightPx, data } = frame;
  const nx = Math.cos((directionDeg * Math.PI) / 180);
  const ny = Math.sin((directionDeg * Math.PI) / 180);
  const softness = widthPx * 0.02;
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const side = (column - through.x) * nx + (row - through.y) * ny;
      const factor = 1 - depth * (1 - smoothstep(-softness, softness, side));
      if (factor < 1) scalePixel(data, row * widthPx + column, factor);
    }
  }
}

/** A lamp mirrored by laminate: a blob that saturates. `centre` and radii in document shares (0…1). */
export function glare(
  frame: Frame,
  quad: Quad,
  centre: Point,
  radius: number,
  strength: number,
): void {
  const { widthPx, heightPx, data } = frame;
  const toDocument = invert(squareToQuad(quad));
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const at = project(toDocument, { x: column, y: row });
      if (at.x < 0 || at.y < 0 || at.x > 1 || at.y > 1) continue;
      const dx = (at.x - centre.x) / radius;
      const dy = (at.y - centre.y) / (radius * 1.25);
      const distance = dx * dx + dy * dy;
      if (distance > 9) continue;
      const light = strength * 300 * Math.exp(-distance);
      const index = (row * widthPx + column) * 3;
      data[index] = (data[index] ?? 0) + light;
      data[index + 1] = (data[index + 1] ?? 0) + light * 0.98;
      data[index + 2] = (data[index + 2] ?? 0) + light * 0.94;
    }
  }
}

const NEXT_CORNER = [1, 2, 3, 0] as const;

/** A finger that holds the document: from outside the frame's middle over `edge` by `reachPx`. */
export function finger(
  frame: Frame,
  quad: Quad,
  edge: 0 | 1 | 2 | 3,
  along: number,
  reachPx: number,
): void {
  const { widthPx, heightPx, data } = frame;
  const from = quad[edge];
  const to = quad[NEXT_CORNER[edge]];
  const centre = project(squareToQuad(quad), { x: 0.5, y: 0.5 });
  const on = { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along };
  const length = Math.hypot(centre.x - on.x, centre.y - on.y);
  const dx = (centre.x - on.x) / length;
  const dy = (centre.y - on.y) / length;
  const radius = widthPx * 0.036;
  const tip = { x: on.x + dx * (reachPx - radius), y: on.y + dy * (reachPx - radius) };
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const rx = column - tip.x;
      const ry = row - tip.y;
      const ahead = rx * dx + ry * dy;
      const aside = rx * dy - ry * dx;
      const away = (ahead > 0 ? Math.hypot(ahead, aside) : Math.abs(aside)) / radius;
      if (away > 1.25) continue;
      const pixel = row * widthPx + column;
      if (away > 1) {
        scalePixel(data, pixel, 0.62 + 1.52 * (away - 1));
        continue;
      }
      const round = Math.sqrt(1 - away * away);
      const light = 0.45 + 0.5 * round - 0.12 * (aside / radius);
      const nail = Math.hypot((ahead + radius * 0.1) / (radius * 0.62), aside / (radius * 0.5)) < 1;
      const index = pixel * 3;
      data[index] = (nail ? 238 : 222) * light;
      data[index + 1] = (nail ? 190 : 166) * light;
      data[index + 2] = (nail ? 176 : 140) * light;
    }
  }
}

/** Average along a line of taps; `weights` are centred. */
function convolve(frame: Frame, weights: Float32Array, stepX: number, stepY: number): void {
  const { widthPx, heightPx, data } = frame;
  const source = data.slice();
  const middle = (weights.length - 1) / 2;
  const rowLength = widthPx * 3;
  data.fill(0);
  /** Row outside, taps inside: the row stays in the cache. */
  for (let row = 0; row < heightPx; row += 1) {
    for (let tap = 0; tap < weights.length; tap += 1) {
      const weight = weights[tap] ?? 0;
      const fromRow = row + Math.round((tap - middle) * stepY);
      const from = Math.min(heightPx - 1, Math.max(0, fromRow)) * rowLength;
      const shift = Math.round((tap - middle) * stepX) * 3;
      const first = Math.min(rowLength, Math.max(0, -shift));
      const last = Math.max(0, Math.min(rowLength, rowLength - shift));
      let index = row * rowLength;
      for (let at = 0; at < first; at += 1) {
        data[index] = (data[index] ?? 0) + weight * (source[from + (at % 3)] ?? 0);
        index += 1;
      }
      for (let at = from + first + shift; at < from + last + shift; at += 1) {
        data[index] = (data[index] ?? 0) + weight * (source[at] ?? 0);
        index += 1;
      }
      for (let at = last; at < rowLength; at += 1) {
        data[index] = (data[index] ?? 0) + weight * (source[from + rowLength - 3 + (at % 3)] ?? 0);
        index += 1;
      }
    }
  }
}

/** Out of focus: Gaussian of the given standard deviation. */
export function gaussianBlur(frame: Frame, sigmaPx: number): void {
  const reach = Math.ceil(2.5 * sigmaPx);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigmaPx * sigmaPx)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = weights.map((weight) => weight / sum);
  convolve(frame, kernel, 1, 0);
  convolve(frame, kernel, 0, 1);
}

/** Moved while exposed: the mean along a line of `lengthPx`. */
export function motionBlur(frame: Frame, lengthPx: number, directionDeg: number): void {
  const taps = Math.max(2, Math.round(lengthPx));
  const angle = (directionDeg * Math.PI) / 180;
  convolve(frame, new Float32Array(taps).fill(1 / taps), Math.cos(angle), Math.sin(angle));
}
