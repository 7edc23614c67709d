/** Whether a page is itself a sheet of paper: printed in many places, where a lid would be empty. */
import type { FoundCard } from './find-cards.ts';
import { rectangleOf, widened } from './geometry.ts';
import { isSet, type Mask } from './mask.ts';
import type { Thumbnail } from './thumbnail.ts';

/** A line of print crosses a cell of this size, and dust does not fill it. */
const CELL_MM = 8;
/** Ink in a cell that is printed, as a share of it. */
const PRINTED_CELL = 0.02;
/** Cells of a page that is printed: a letter of ten lines has this share. */
const PRINTED_PAGE = 0.12;
/** Shadows along the page's edges are not print. */
const EDGE_MM = 8;
/** Shadow and worn edges of a card reach so far beyond it. */
const AROUND_CARD_MM = 4;

/**
 * Whether there is print all over the page beside the cards found on it.
 *
 * @param different pixels that are not the lid.
 */
export const isSheetPrinted = (
  different: Mask,
  cards: readonly FoundCard[],
  { columnPx, rowPx, pxPerMm }: Thumbnail,
): boolean => {
  const { widthPx, heightPx } = different;
  const covers = cards.map(({ quad }) =>
    widened(rectangleOf(quad), AROUND_CARD_MM * pxPerMm * columnPx),
  );
  const isCovered = (x: number, y: number): boolean =>
    covers.some(({ middle, width, height, turnRad }) => {
      const dx = x * columnPx - middle.x;
      const dy = y * rowPx - middle.y;
      const along = dx * Math.cos(turnRad) + dy * Math.sin(turnRad);
      const across = dy * Math.cos(turnRad) - dx * Math.sin(turnRad);
      return Math.abs(along) <= width / 2 && Math.abs(across) <= height / 2;
    });
  const cellPx = Math.max(1, Math.round(CELL_MM * pxPerMm));
  const edgePx = Math.round(EDGE_MM * pxPerMm);
  let cells = 0;
  let printed = 0;
  for (let top = edgePx; top + cellPx <= heightPx - edgePx; top += cellPx)
    for (let left = edgePx; left + cellPx <= widthPx - edgePx; left += cellPx) {
      cells += 1;
      if (isCovered(left + cellPx / 2, top + cellPx / 2)) continue;
      let ink = 0;
      for (let y = top; y < top + cellPx; y += 1)
        for (let x = left; x < left + cellPx; x += 1) ink += isSet(different, x, y) ? 1 : 0;
      if (ink > PRINTED_CELL * cellPx * cellPx) printed += 1;
    }
  return cells > 0 && printed > PRINTED_PAGE * cells;
};
