/** How badly a masked QR code could be read. Source: ISO/IEC 18004 §7.8.3.1. */
import type { Grid } from './grid.ts';

type Look = (along: number, across: number) => boolean;

const RUN = 5;
const RUN_PENALTY = 3;
const BLOCK_PENALTY = 3;
const FINDER_PENALTY = 40;
const BALANCE_PENALTY = 10;

/** Dark and light of a finder with four light places before or after it. */
const FINDERS = ['10111010000', '00001011101'];

const lineOf = (look: Look, across: number, size: number): string =>
  Array.from({ length: size }, (_, along) => (look(along, across) ? '1' : '0')).join('');

const linePenalty = (line: string): number => {
  const runs = line.match(/0{5,}|1{5,}/g) ?? [];
  const long = runs.reduce((sum, run) => sum + RUN_PENALTY + run.length - RUN, 0);
  let finders = 0;
  for (const finder of FINDERS)
    for (let at = line.indexOf(finder); at >= 0; at = line.indexOf(finder, at + 1)) finders += 1;
  return long + finders * FINDER_PENALTY;
};

const blockPenalty = (grid: Grid): number => {
  let blocks = 0;
  for (let y = 1; y < grid.size; y += 1)
    for (let x = 1; x < grid.size; x += 1) {
      const isDark = grid.isDark(x, y);
      const isBlock =
        grid.isDark(x - 1, y) === isDark &&
        grid.isDark(x, y - 1) === isDark &&
        grid.isDark(x - 1, y - 1) === isDark;
      if (isBlock) blocks += 1;
    }
  return blocks * BLOCK_PENALTY;
};

/** The penalty of a whole code; the mask with the least is taken. */
export const penaltyOf = (grid: Grid): number => {
  const { size } = grid;
  let penalty = blockPenalty(grid);
  let dark = 0;
  for (let across = 0; across < size; across += 1) {
    const row = lineOf((along, y) => grid.isDark(along, y), across, size);
    const column = lineOf((along, x) => grid.isDark(x, along), across, size);
    penalty += linePenalty(row) + linePenalty(column);
    dark += row.replaceAll('0', '').length;
  }
  const deviation = Math.abs((dark / size ** 2) * 100 - 50);
  return penalty + Math.floor(deviation / 5) * BALANCE_PENALTY;
};
