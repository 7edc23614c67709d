/**
 * Decides which part of which scanned page becomes which picture. Pure: what was found, what was read
 * on it and what the session still needs go in; a proposal and whether it needs a person come out.
 */
import type { PageQuad, PageView, PageFind } from '../../preload/contract/scanner-channels.ts';
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import { NOTHING_READ, type DocumentReading } from '../vision/worker/document-reading.ts';

/** A picture that a scanner can give. */
export type PaperStep = Exclude<CaptureStep, 'FACE'>;

export const isPaperStep = (step: CaptureStep): step is PaperStep => step !== 'FACE';

/** Something on a page, upright as far as it could be read. */
export interface ScanPart extends PageFind {
  /** Page and place among its finds. */
  readonly partId: string;
  readonly pageId: string;
  /** Of the page. */
  readonly dpi: number;
  readonly reading: DocumentReading;
  /** The step whose picture it becomes; null for none. */
  readonly step: PaperStep | null;
}

/** What becomes of the pages. */
export interface ScanPlan {
  /** Every card, or the sheet of a page without one, in the order of the pages. */
  readonly parts: readonly ScanPart[];
  /** Nothing about it is a guess. */
  readonly isSure: boolean;
}

/** Corners in the order that makes the picture upright. */
export const turnedQuad = ([a, b, c, d]: PageQuad, quarterTurns: number): PageQuad => {
  const turns: readonly PageQuad[] = [
    [a, b, c, d],
    [d, a, b, c],
    [c, d, a, b],
    [b, c, d, a],
  ];
  return turns[((quarterTurns % 4) + 4) % 4] ?? [a, b, c, d];
};

/** What can be cut out of a page: its cards, or the sheet where there is none. */
export const findsOf = ({ cards, sheet }: PageView): readonly PageFind[] =>
  cards.length > 0 ? cards : [sheet];

/** @param readings one for each find of each page. */
const partsOf = (
  pages: readonly PageView[],
  readings: readonly (readonly DocumentReading[])[],
): readonly ScanPart[] =>
  pages.flatMap((page, pageIndex) =>
    findsOf(page).map((find, index) => {
      const reading = readings[pageIndex]?.[index] ?? NOTHING_READ;
      const quad = turnedQuad(find.quad, reading.quarterTurns);
      const partId = `${page.pageId}.${index}`;
      return { ...find, partId, quad, reading, pageId: page.pageId, dpi: page.dpi, step: null };
    }),
  );

const isCard = ({ format }: ScanPart): boolean => format !== 'PAPER';

/** The side that is known of a part: read on it, or told by a feeder that sees both. */
const sideOf = (part: ScanPart, pages: readonly PageView[]): 'front' | 'back' | null => {
  if (part.reading.side !== null) return part.reading.side;
  const isDuplex = pages.some(({ side }) => side === 'back');
  const page = pages.find(({ pageId }) => pageId === part.pageId);
  return isDuplex ? (page?.side ?? null) : null;
};

interface Sides {
  readonly front: ScanPart | undefined;
  readonly back: ScanPart | undefined;
  readonly isKnown: boolean;
}

/** Which of the cards is the front, and which the back: of two the known one decides for both. */
const sidesAmong = (cards: readonly ScanPart[], pages: readonly PageView[]): Sides => {
  const known = (wanted: 'front' | 'back'): ScanPart | undefined =>
    cards.find((part) => sideOf(part, pages) === wanted);
  const front = known('front');
  const back = known('back');
  const others = cards.filter((part) => part !== front && part !== back);
  return {
    front: front ?? others[0],
    back: back ?? (front === undefined ? others[1] : others[0]),
    isKnown: front !== undefined || back !== undefined,
  };
};

/**
 * @param wanted steps without a picture, or the one that is taken again, in their order.
 * @param readings one for each find (`findsOf`) of each page.
 */
export const planScan = (
  pages: readonly PageView[],
  readings: readonly (readonly DocumentReading[])[],
  wanted: readonly PaperStep[],
): ScanPlan => {
  const parts = partsOf(pages, readings);
  const steps = new Map<ScanPart, PaperStep>();
  const wantsFront = wanted.includes('FRONT');
  const wantsBack = wanted.includes('BACK');
  // A document that has no size of its own may be a page as a whole: a guess.
  const cards =
    parts.some(isCard) || wanted.includes('UTILITY_BILL') ? parts.filter(isCard) : parts;
  let isSure = true;

  if (wantsFront && wantsBack) {
    const { front, back, isKnown } = sidesAmong(cards, pages);
    if (front !== undefined) steps.set(front, 'FRONT');
    if (back !== undefined) steps.set(back, 'BACK');
    isSure &&= isKnown && cards.length <= 2;
  } else if (wantsFront || wantsBack) {
    const side = wantsFront ? 'front' : 'back';
    const said = cards.filter(({ reading }) => reading.side === side || reading.facts !== null);
    const part = cards.length === 1 ? cards[0] : (said[0] ?? cards[0]);
    if (part !== undefined) steps.set(part, wantsFront ? 'FRONT' : 'BACK');
    const isOther = part !== undefined && ![side, null].includes(part.reading.side);
    isSure &&= (cards.length === 1 || said.length === 1) && !isOther;
  }
  if (wanted.includes('UTILITY_BILL')) {
    const sheet = parts.find((part) => !steps.has(part) && !isCard(part));
    if (sheet !== undefined) steps.set(sheet, 'UTILITY_BILL');
  }
  const placed = parts.map((part) => ({ ...part, step: steps.get(part) ?? null }));
  const used = placed.filter(({ step }) => step !== null);
  return { parts: placed, isSure: isSure && isWhole(used, wanted) };
};

/**
 * Whether the parts are what they are taken for: a card is one, and there is some of what is wanted
 * first. The other side, or a bill, may come with a scan of its own.
 */
const isWhole = (used: readonly ScanPart[], wanted: readonly PaperStep[]): boolean => {
  const isBill = ({ step }: Pick<ScanPart, 'step'>): boolean => step === 'UTILITY_BILL';
  const wantsDocument = wanted.some((step) => !isBill({ step }));
  return (
    used.some((part) => isBill(part) !== wantsDocument) &&
    used.every((part) => part.isCertain && isCard(part) !== isBill(part))
  );
};
