/**
 * Finds what lies on a scanner's glass: cards and booklet pages on a lid of any colour, or a sheet of
 * paper. A scanner sees without perspective and knows its scale: what is found is measured.
 * Never reads what is printed on anything.
 */
import type { CardFormat } from '../../../preload/contract/scanner-channels.ts';
import { backgroundsOf, differentFrom, type Background } from './background.ts';
import { cardFormatOf, formatOf, pairedLengthMm } from './formats.ts';
import { endsOf, enlarged, lying, quadOf, type Quad, type Rectangle } from './geometry.ts';
import type { Mask } from './mask.ts';
import { isSheetPrinted } from './print.ts';
import { contentIn, rectanglesIn, type Shape } from './shapes.ts';
import { refined } from './sides.ts';
import { textSkewRad } from './text-skew.ts';
import type { PageSize, Thumbnail } from './thumbnail.ts';

/** Something on a page that can be cut out. */
export interface FoundCard {
  /** In pixels of the page; the order of the corners makes a lying picture of cards, an upright one of sheets. */
  readonly quad: Quad;
  /** Along the first side of the quad, and the second. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Clockwise, by which it lies turned on the page. */
  readonly turnDeg: number;
  /** Null for a size that no document has. */
  readonly format: CardFormat | null;
  /** Its edges were seen all around, and it measures what a document does. */
  readonly isCertain: boolean;
}

export interface PageFinds {
  /** In reading order of the page; none on a sheet of paper. */
  readonly cards: readonly FoundCard[];
  /** The whole page, or the sheet of paper that lies on it, straightened. */
  readonly sheet: FoundCard;
  /** Colour of the lid. */
  readonly lid: readonly [red: number, green: number, blue: number];
}

/** More than two documents are nobody's; a table of photographs must not take for ever. */
const MAX_CARDS = 8;
/** Gaps in the edges of a card that are closed, at the first look and at the second. */
const GAPS_MM = [0.7, 2.5];
/** What scanners that cut out a card by themselves leave around it, in all. */
const SCANNER_MARGINS_MM = [0, 5];

const found = (
  { middle, width, height, turnRad }: Rectangle,
  pxPerMm: number,
  isWhole: boolean,
): FoundCard => {
  const widthMm = width / pxPerMm;
  const heightMm = height / pxPerMm;
  const format = formatOf(Math.max(widthMm, heightMm), Math.min(widthMm, heightMm));
  return {
    quad: quadOf({ middle, width, height, turnRad }),
    widthMm,
    heightMm,
    turnDeg: (turnRad * 180) / Math.PI,
    format,
    isCertain: isWhole && format !== null,
  };
};

/** Cards lie across; a sheet of paper stands as it was laid down. */
const upright = (rectangle: Rectangle): Rectangle => {
  const quarters = Math.round(rectangle.turnRad / (Math.PI / 2));
  const isSwapped = quarters % 2 !== 0;
  return {
    middle: rectangle.middle,
    width: isSwapped ? rectangle.height : rectangle.width,
    height: isSwapped ? rectangle.width : rectangle.height,
    turnRad: rectangle.turnRad - (quarters * Math.PI) / 2,
  };
};

/** What a shape on the thumbnail is on the page: one thing, or two that touch. */
const cardsOf = (
  small: Thumbnail,
  pxPerMm: number,
  { rectangle, isWhole }: Shape,
): readonly FoundCard[] => {
  const exact = isWhole
    ? refined(small, rectangle)
    : enlarged(rectangle, small.columnPx, small.rowPx);
  const longMm = Math.max(exact.width, exact.height) / pxPerMm;
  const shortMm = Math.min(exact.width, exact.height) / pxPerMm;
  const pairedMm = pairedLengthMm(longMm, shortMm);
  if (pairedMm !== null)
    return endsOf(exact, pairedMm * pxPerMm).map((end) => found(lying(end), pxPerMm, isWhole));
  const isPaper = formatOf(longMm, shortMm) === 'PAPER';
  return [found(isPaper ? upright(exact) : lying(exact), pxPerMm, isWhole)];
};

const inReadingOrder = (cards: readonly FoundCard[]): readonly FoundCard[] => {
  const middleOf = ({ quad: [a, , c] }: FoundCard) => ({ x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 });
  return cards.toSorted((one, other) => {
    const [first, second] = [middleOf(one), middleOf(other)];
    const isBeside = Math.abs(first.y - second.y) < Math.abs(first.x - second.x);
    return isBeside ? first.x - second.x : first.y - second.y;
  });
};

interface Look {
  readonly background: Background;
  readonly different: Mask;
  readonly cards: readonly FoundCard[];
}

/** The first look that sees something certain, else the one that sees anything at all. */
const lookFor = (page: Thumbnail, pxPerMm: number): Look => {
  const looks: Look[] = [];
  const note = (background: Background, different: Mask, shapes: readonly Shape[]): Look => {
    const cards = shapes.slice(0, MAX_CARDS).flatMap((shape) => cardsOf(page, pxPerMm, shape));
    const look = { background, different, cards };
    looks.push(look);
    return look;
  };
  const seen = backgroundsOf(page).map((background) => ({
    background,
    different: differentFrom(page, background),
  }));
  for (const { background, different } of seen)
    for (const gapMm of GAPS_MM) {
      const look = note(background, different, rectanglesIn(different, page.pxPerMm, gapMm));
      if (look.cards.some(({ isCertain }) => isCertain)) return look;
    }
  for (const { background, different } of seen)
    note(background, different, contentIn(different, page.pxPerMm));
  const [first] = looks;
  if (first === undefined) throw new Error('A page has a background.');
  return looks.find(({ cards }) => cards.length > 0) ?? first;
};

/** The whole page; turned as its print is. */
const wholePage = ({ widthPx, heightPx }: PageSize, turnRad: number): Rectangle => ({
  middle: { x: widthPx / 2, y: heightPx / 2 },
  width: widthPx,
  height: heightPx,
  turnRad,
});

/** The page as the card it shows, where it is hardly larger than one. */
const cutByScanner = (sheet: FoundCard): FoundCard | null => {
  for (const marginMm of SCANNER_MARGINS_MM) {
    const longMm = Math.max(sheet.widthMm, sheet.heightMm) - marginMm;
    const shortMm = Math.min(sheet.widthMm, sheet.heightMm) - marginMm;
    const format = cardFormatOf(longMm, shortMm);
    if (format !== null) return { ...sheet, format, isCertain: true };
  }
  return null;
};

/** Finds cards and paper on a page, in its thumbnail. */
export const findCards = (page: PageSize, small: Thumbnail): PageFinds => {
  const pxPerMm = page.dpi / 25.4;
  const { background, different, cards } = lookFor(small, pxPerMm);
  const lid = background.colour;

  const paper = cards.find(({ format, isCertain }) => format === 'PAPER' && isCertain);
  const isPrinted = isSheetPrinted(different, cards, small);
  if (paper !== undefined || isPrinted) {
    const sheet = found(wholePage(page, textSkewRad(different)), pxPerMm, true);
    return { cards: [], sheet: paper ?? sheet, lid };
  }
  // An empty glass, or one with cards on it, is no sheet of anything.
  const sheet = found(wholePage(page, 0), pxPerMm, false);
  const isSeen = cards.some(({ isCertain }) => isCertain);
  const cut = isSeen ? null : cutByScanner(sheet);
  return { cards: cut === null ? inReadingOrder(cards) : [cut], sheet, lid };
};
