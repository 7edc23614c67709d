/** Measures along the sides of a shape what tells a document from lines that happen to cross. */
import type { Planes } from './planes.ts';

/** What the colours on both sides of one side show. Each 0…1. */
interface SideColours {
  /** Share of places with a visible step. */
  readonly visible: number;
  /** Share of places beyond both ends where the same step goes on, though a side ends at its corners. */
  readonly runsOn: number;
  /** Mean size of the step, of 255. */
  readonly step: number;
}

/** What the border of a whole shape shows. Each 0…1. */
export interface BorderEvidence {
  /** Of the side that shows the least. */
  readonly worstVisible: number;
  readonly runsOn: number;
  /** How even the paper just inside is, against the step. */
  readonly evenness: number;
}

const PLACES = 36;
const PLACES_BEYOND = 6;
/** Colours are read this far on either side of the border, working pixels. */
const NEAR_PX = 2.5;
const FAR_PX = 4;
/** A step of colour below this is none, of 255. */
const VISIBLE_STEP = 5;
const CHANNELS = 3;

/** Colour inside and step of the place last looked at. */
const inside = new Float64Array(CHANNELS);
const step = new Float64Array(CHANNELS);

const clamp = (value: number, last: number): number =>
  value < 0 ? 0 : value > last ? last : Math.round(value);

/** Reads inside colour and step at a place; the normal points inwards. Returns the size of the step. */
const look = (
  { widthPx: w, heightPx: h, channels }: Planes,
  x: number,
  y: number,
  nx: number,
  ny: number,
): number => {
  const at = (reach: number): number =>
    clamp(y + ny * reach, h - 1) * w + clamp(x + nx * reach, w - 1);
  const innerNear = at(NEAR_PX);
  const innerFar = at(FAR_PX);
  const outerNear = at(-NEAR_PX);
  const outerFar = at(-FAR_PX);
  let squared = 0;
  for (let channel = 0; channel < channels.length; channel += 1) {
    const plane = channels[channel];
    if (plane === undefined) continue;
    const within = ((plane[innerNear] ?? 0) + (plane[innerFar] ?? 0)) / 2;
    const beyond = ((plane[outerNear] ?? 0) + (plane[outerFar] ?? 0)) / 2;
    inside[channel] = within;
    step[channel] = within - beyond;
    squared += (within - beyond) ** 2;
  }
  return Math.sqrt(squared);
};

interface Ends {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** Looks along one side; adds the colours inside to `sums` and their squares to `squares`. */
const lookAlong = (
  planes: Planes,
  { ax, ay, bx, by }: Ends,
  centreX: number,
  centreY: number,
  sums: Float64Array,
  squares: Float64Array,
): SideColours => {
  const { widthPx, heightPx } = planes;
  const length = Math.max(1, Math.hypot(bx - ax, by - ay));
  const dx = (bx - ax) / length;
  const dy = (by - ay) / length;
  const isLeft = (centreX - ax) * dy - (centreY - ay) * dx > 0;
  const nx = isLeft ? dy : -dy;
  const ny = isLeft ? -dx : dx;
  const mean = new Float64Array(CHANNELS);
  let sizes = 0;
  let seen = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const u = length * (0.06 + (0.88 * place) / (PLACES - 1));
    const size = look(planes, ax + dx * u, ay + dy * u, nx, ny);
    sizes += size;
    if (size > VISIBLE_STEP) seen += 1;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const here = inside[channel] ?? 0;
      mean[channel] = (mean[channel] ?? 0) + (step[channel] ?? 0) / PLACES;
      sums[channel] = (sums[channel] ?? 0) + here;
      squares[channel] = (squares[channel] ?? 0) + here * here;
    }
  }
  const meanSize = Math.hypot(...mean);
  let runs = 0;
  const reach = Math.max(8, 0.15 * length);
  for (let place = 1; place <= PLACES_BEYOND; place += 1)
    for (const u of [
      -3 - (reach * place) / PLACES_BEYOND,
      length + 3 + (reach * place) / PLACES_BEYOND,
    ]) {
      const x = ax + dx * u;
      const y = ay + dy * u;
      if (x < 0 || y < 0 || x > widthPx || y > heightPx) continue;
      look(planes, x, y, nx, ny);
      let along = 0;
      for (let channel = 0; channel < CHANNELS; channel += 1)
        along += (step[channel] ?? 0) * (mean[channel] ?? 0);
      if (along > (meanSize * meanSize) / 2) runs += 1;
    }
  return {
    visible: seen / PLACES,
    runsOn: runs / (2 * PLACES_BEYOND),
    step: sizes / PLACES,
  };
};

/** What each side of the shape x0, y0 … x3, y3 shows, and how even the paper inside is. */
const lookAround = (
  planes: Planes,
  corners: readonly number[],
): { sides: SideColours[]; spread: number } => {
  const at = (index: number): number => corners[index & 7] ?? 0;
  const centreX = (at(0) + at(2) + at(4) + at(6)) / 4;
  const centreY = (at(1) + at(3) + at(5) + at(7)) / 4;
  const sums = new Float64Array(CHANNELS);
  const squares = new Float64Array(CHANNELS);
  inside.fill(0);
  step.fill(0);
  const sides = [0, 2, 4, 6].map((k) =>
    lookAlong(
      planes,
      { ax: at(k), ay: at(k + 1), bx: at(k + 2), by: at(k + 3) },
      centreX,
      centreY,
      sums,
      squares,
    ),
  );
  let variance = 0;
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    const mean = (sums[channel] ?? 0) / (4 * PLACES);
    variance += (squares[channel] ?? 0) / (4 * PLACES) - mean * mean;
  }
  return { sides, spread: Math.sqrt(Math.max(0, variance)) };
};

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Evidence of the quad x0, y0 … x3, y3 at working size. */
export const borderEvidence = (planes: Planes, corners: readonly number[]): BorderEvidence => {
  const { sides, spread } = lookAround(planes, corners);
  const size = meanOf(sides.map((side) => side.step));
  return {
    worstVisible: Math.min(...sides.map(({ visible }) => visible)),
    runsOn: meanOf(sides.map(({ runsOn }) => runsOn)),
    evenness: size / (size + spread + 1),
  };
};

/** What the least of the three sides of a shape shows that the frame cuts off: all but the second. */
export const openEvidence = (
  planes: Planes,
  corners: readonly number[],
): { readonly visible: number; readonly step: number } => {
  const [first, , third, fourth] = lookAround(planes, corners).sides;
  const sides = [first, third, fourth];
  return {
    visible: Math.min(...sides.map((side) => side?.visible ?? 0)),
    step: Math.min(...sides.map((side) => side?.step ?? 0)),
  };
};
