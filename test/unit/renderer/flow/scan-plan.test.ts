/** Which part of which page becomes which picture, and when a person has to look. */
import { describe, expect, it } from 'vitest';
import type { PageView } from '../../../../preload/contract/scanner-channels.ts';
import { planScan, turnedQuad, type PaperStep } from '../../../../renderer/flow/scan-plan.ts';
import {
  NOTHING_READ,
  type DocumentReading,
} from '../../../../renderer/vision/worker/document-reading.ts';
import { fakePage, findAt } from '../../../support/fake-scans.ts';

const FRONT: DocumentReading = { ...NOTHING_READ, side: 'front' };
const BACK: DocumentReading = { ...NOTHING_READ, side: 'back' };
const PASSPORT: DocumentReading = {
  ...NOTHING_READ,
  facts: { documentType: 'PASSPORT', country: 'LT', expiresOn: null, areCheckDigitsRight: true },
};
const BOTH_SIDES: readonly PaperStep[] = ['FRONT', 'BACK'];

const cardPage = (number: number, patch: Partial<PageView> = {}): PageView =>
  fakePage(number, { cards: [findAt(300)], ...patch });
const pairPage = fakePage(1, { cards: [findAt(300), findAt(1500)] });
const sheetPage = fakePage(9);

const plan = (
  pages: readonly PageView[],
  readings: readonly (readonly DocumentReading[])[],
  wanted: readonly PaperStep[],
) => {
  const { parts, isSure } = planScan(pages, readings, wanted);
  return { steps: parts.map(({ step }) => step), isSure };
};

describe('two cards on one page', () => {
  it.each([
    ['both are read', [FRONT, BACK], ['FRONT', 'BACK']],
    ['they lie the other way round', [BACK, FRONT], ['BACK', 'FRONT']],
    ['only the front is read', [NOTHING_READ, FRONT], ['BACK', 'FRONT']],
    ['only the back is read', [BACK, NOTHING_READ], ['BACK', 'FRONT']],
  ])('become front and back where %s', (_what, readings, steps) => {
    expect(plan([pairPage], [readings], BOTH_SIDES)).toEqual({ steps, isSure: true });
  });

  it('are taken in reading order where neither is read, and somebody has to look', () => {
    expect(plan([pairPage], [[NOTHING_READ, NOTHING_READ]], BOTH_SIDES)).toEqual({
      steps: ['FRONT', 'BACK'],
      isSure: false,
    });
  });

  it('are looked at where there is a third', () => {
    const three = fakePage(1, { cards: [findAt(300), findAt(1500), findAt(2500)] });
    expect(plan([three], [[FRONT, BACK, NOTHING_READ]], BOTH_SIDES)).toEqual({
      steps: ['FRONT', 'BACK', null],
      isSure: false,
    });
  });

  it('are looked at where one of them is a guess', () => {
    const guess = fakePage(1, { cards: [findAt(300), findAt(1500, { isCertain: false })] });
    expect(plan([guess], [[FRONT, BACK]], BOTH_SIDES).isSure).toBe(false);
  });
});

describe('one card', () => {
  it('becomes the side that is read on it, and the other side is still wanted', () => {
    expect(plan([cardPage(1)], [[BACK]], ['BACK'])).toEqual({ steps: ['BACK'], isSure: true });
    expect(plan([cardPage(1)], [[BACK]], BOTH_SIDES)).toEqual({ steps: ['BACK'], isSure: true });
    expect(plan([cardPage(1)], [[NOTHING_READ]], BOTH_SIDES)).toEqual({
      steps: ['FRONT'],
      isSure: false,
    });
  });

  it('is looked at where it shows the other side than is wanted', () => {
    expect(plan([cardPage(1)], [[FRONT]], ['BACK'])).toEqual({ steps: ['BACK'], isSure: false });
  });

  it('becomes the wanted side where nothing is read', () => {
    expect(plan([cardPage(1)], [[NOTHING_READ]], ['FRONT'])).toEqual({
      steps: ['FRONT'],
      isSure: true,
    });
  });
});

it('the sides of a duplex feeder are front and back, unless what is read says otherwise', () => {
  const pages = [cardPage(1), cardPage(2, { side: 'back' })];
  expect(plan(pages, [[NOTHING_READ], [NOTHING_READ]], BOTH_SIDES)).toEqual({
    steps: ['FRONT', 'BACK'],
    isSure: true,
  });
  expect(plan(pages, [[BACK], [FRONT]], BOTH_SIDES)).toEqual({
    steps: ['BACK', 'FRONT'],
    isSure: true,
  });
});

it('of an open passport the page that can be read is taken', () => {
  const open = fakePage(1, {
    cards: [findAt(0, { format: 'ID-3' }), findAt(1100, { format: 'ID-3' })],
  });
  expect(plan([open], [[NOTHING_READ, PASSPORT]], ['FRONT'])).toEqual({
    steps: [null, 'FRONT'],
    isSure: true,
  });
  expect(plan([open], [[NOTHING_READ, NOTHING_READ]], ['FRONT']).isSure).toBe(false);
});

describe('a bill', () => {
  it('is the first sheet; the others can be chosen', () => {
    expect(plan([sheetPage, fakePage(10)], [[], []], ['UTILITY_BILL'])).toEqual({
      steps: ['UTILITY_BILL', null],
      isSure: true,
    });
  });

  it('comes with the card where both lie in the feeder, and does not hold the card up', () => {
    const wanted: readonly PaperStep[] = ['FRONT', 'BACK', 'UTILITY_BILL'];
    expect(plan([pairPage, sheetPage], [[FRONT, BACK], []], wanted)).toEqual({
      steps: ['FRONT', 'BACK', 'UTILITY_BILL'],
      isSure: true,
    });
    expect(plan([pairPage], [[FRONT, BACK]], wanted).isSure).toBe(true);
    expect(plan([sheetPage], [[]], wanted)).toEqual({ steps: ['UTILITY_BILL'], isSure: false });
  });
});

it('a document of no known size is proposed as a whole page, for a person to mend', () => {
  expect(plan([sheetPage], [[]], ['FRONT'])).toEqual({ steps: ['FRONT'], isSure: false });
});

it('a part is turned upright by what is read on it', () => {
  const upsideDown: DocumentReading = { ...FRONT, quarterTurns: 2 };
  const page = cardPage(1);
  const [part] = planScan([page], [[upsideDown]], ['FRONT']).parts;
  const [card] = page.cards;
  expect(part?.quad[0]).toEqual(card?.quad[2]);
  expect(turnedQuad(turnedQuad(findAt(0).quad, 1), 3)).toEqual(findAt(0).quad);
});
