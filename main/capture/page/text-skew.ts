/** How far lines of print are turned: where the page's edges tell nothing, its text does. */
import { runsOf, type Mask } from './mask.ts';

/** Paper is fed or laid down this straight; more is somebody's intention. */
const MAX_SKEW_DEG = 5;
const COARSE_DEG = 0.5;
const FINE_DEG = 0.1;
/** A page that is no more uneven at its best turn than so has no lines to go by. */
const MIN_GAIN = 1.15;
/** Fewer dots of ink tell nothing. */
const MIN_DOTS = 500;
/** More are not looked at: every n-th is taken. */
const MAX_DOTS = 20_000;

const RADIANS = Math.PI / 180;

/**
 * The turn of the lines of print, clockwise; 0 where there are none to go by. Lines that lie level
 * gather their ink in few rows: the turn whose rows differ most is the one (Postl 1986).
 */
export const textSkewRad = (ink: Mask): number => {
  const { widthPx, heightPx } = ink;
  const dots: number[] = [];
  for (const { row, first, last } of runsOf(ink))
    for (let column = first; column <= last; column += 1) dots.push(row * widthPx + column);
  if (dots.length < MIN_DOTS) return 0;
  const step = Math.ceil(dots.length / MAX_DOTS);
  const rows = new Float64Array(2 * (widthPx + heightPx));
  const unevenness = (turnDeg: number): number => {
    const cos = Math.cos(turnDeg * RADIANS);
    const sin = Math.sin(turnDeg * RADIANS);
    rows.fill(0);
    for (let index = 0; index < dots.length; index += step) {
      const at = dots[index] ?? 0;
      const x = at % widthPx;
      const y = (at - x) / widthPx;
      const row = Math.round(y * cos - x * sin) + widthPx;
      rows[row] = (rows[row] ?? 0) + 1;
    }
    let sum = 0;
    for (let row = 1; row < rows.length; row += 1)
      sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2;
    return sum;
  };
  const bestAround = (middle: number, reach: number, stepDeg: number): number => {
    let best = middle;
    let most = unevenness(middle);
    for (let turn = middle - reach; turn <= middle + reach; turn += stepDeg) {
      const value = unevenness(turn);
      if (value > most) {
        most = value;
        best = turn;
      }
    }
    return best;
  };
  const coarse = bestAround(0, MAX_SKEW_DEG, COARSE_DEG);
  const fine = bestAround(coarse, COARSE_DEG, FINE_DEG);
  return unevenness(fine) > MIN_GAIN * unevenness(0) ? fine * RADIANS : 0;
};
