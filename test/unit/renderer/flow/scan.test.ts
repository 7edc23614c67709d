/** The scanner's part of the flow, from the choice of a document to the pictures. */
import { describe, expect, it, vi } from 'vitest';
import type { ScanEvent } from '../../../../renderer/flow/scan-setup.ts';
import { NOTHING_READ } from '../../../../renderer/vision/worker/document-reading.ts';
import type { FakeKiosk } from '../../../support/fake-kiosk.ts';
import { fakePage, findAt, FLATBED } from '../../../support/fake-scans.ts';
import { settle, SHOOT, startFlow, TO_CAPTURE } from './start-flow.ts';

const UNSAID = { expiresOn: null, areCheckDigitsRight: null } as const;

const BOTH = fakePage(1, { cards: [findAt(300), findAt(1500)] });
const SIDES = [
  { ...NOTHING_READ, side: 'front' },
  { ...NOTHING_READ, side: 'back' },
] as const;

const atTeller =
  (remembered: typeof FLATBED | null = FLATBED) =>
  (kiosk: FakeKiosk): void => {
    kiosk.status = {
      ...kiosk.status,
      mode: 'teller',
      scanner: { isOffered: true, remembered },
    };
  };

const start = async (prepare: (kiosk: FakeKiosk) => void = atTeller()) => {
  const flow = await startFlow(prepare);
  flow.scanned.readings = SIDES;
  await flow.send(...TO_CAPTURE);
  const child = () => {
    const { scan } = flow.actor.getSnapshot().children;
    if (scan === undefined) throw new Error('Nothing is scanned.');
    return scan;
  };
  const tell = async (...events: ScanEvent[]): Promise<void> => {
    for (const event of events) {
      child().send(event);
      await settle();
    }
  };
  const scanState = () => child().getSnapshot();
  return { ...flow, tell, scanState };
};

describe('one key', () => {
  it('scans a glass with both sides and goes on to the face', async () => {
    const { kiosk, place, tell, context } = await start();
    expect(place()).toBe('customer.scan');
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SCAN' });
    expect(place()).toBe('customer.capture.aiming');
    expect(context().view?.steps.map(({ step, picture }) => [step, picture?.source])).toEqual([
      ['FRONT', 'scanner'],
      ['BACK', 'scanner'],
      ['FACE', undefined],
    ]);
    expect(kiosk.requests.get('scanner:scan-pages')).toEqual({
      scannerId: FLATBED.scannerId,
      source: 'platen',
      keepsPages: false,
    });
  });

  it('scans one side after the other', async () => {
    const { kiosk, place, tell, scanned, context } = await start();
    const [front, back] = SIDES;
    kiosk.scans.outcomes.push(
      { pages: [fakePage(1, { cards: [findAt(300)] })], code: null },
      { pages: [fakePage(2, { cards: [findAt(300)] })], code: null },
    );
    scanned.readings = [front];
    await tell({ type: 'SCAN' });
    expect(context().view?.steps.map(({ picture }) => picture !== null)).toEqual([
      true,
      false,
      false,
    ]);
    expect(place()).toBe('customer.scan');
    scanned.readings = [back];
    await tell({ type: 'SCAN' });
    expect(place()).toBe('customer.capture.aiming');
  });

  it('tells of a document that is another one than was chosen', async () => {
    const { kiosk, tell, scanned, context } = await start();
    const facts = { documentType: 'PASSPORT', country: 'LV', ...UNSAID } as const;
    scanned.readings = [SIDES[0], { ...SIDES[1], facts }];
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SCAN' });
    expect(context().doubt).toMatchObject({
      step: 'BACK',
      warnings: ['COUNTRY_DIFFERS', 'DOCUMENT_TYPE_DIFFERS'],
    });
  });

  it('leaves no blob URL behind', async () => {
    const { kiosk, tell, liveUrls, send } = await start();
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SCAN' });
    expect(liveUrls.size).toBe(0);
    await send({ type: 'END' });
    expect(kiosk.scans.listeners()).toBe(0);
    expect(kiosk.scans.isWatched).toBe(false);
  });
});

describe('what is not sure', () => {
  it('waits for a person, who moves, assigns and accepts', async () => {
    const { kiosk, place, tell, scanned, scanState } = await start();
    scanned.readings = [NOTHING_READ, NOTHING_READ];
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SCAN' });
    expect(scanState().value).toBe('arranging');
    const moved = findAt(310).quad;
    await tell(
      { type: 'PART.ASSIGNED', index: 1, step: 'FRONT' },
      { type: 'PART.ASSIGNED', index: 0, step: 'BACK' },
      { type: 'PART.MOVED', index: 0, quad: moved },
    );
    expect(scanState().context.parts.map(({ step }) => step)).toEqual(['BACK', 'FRONT']);
    await tell({ type: 'ACCEPT' });
    expect(place()).toBe('customer.capture.aiming');
    expect(kiosk.requests.get('scanner:store-cuts')).toEqual({
      cuts: [
        { step: 'BACK', pageId: BOTH.pageId, quad: moved },
        { step: 'FRONT', pageId: BOTH.pageId, quad: findAt(1500).quad },
      ],
    });
  });

  it('is never stored without a step', async () => {
    const { kiosk, tell, scanned, scanState } = await start();
    scanned.readings = [NOTHING_READ, NOTHING_READ];
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell(
      { type: 'SCAN' },
      { type: 'PART.ASSIGNED', index: 0, step: null },
      { type: 'PART.ASSIGNED', index: 1, step: null },
      { type: 'ACCEPT' },
    );
    expect(scanState().value).toBe('arranging');
    expect(kiosk.countOf('scanner:store-cuts')).toBe(0);
  });
});

describe('a failure', () => {
  it('keeps the pages before a jam and scans the rest after them', async () => {
    const { kiosk, place, tell, scanState } = await start();
    kiosk.scans.outcomes.push(
      { pages: [fakePage(1, { cards: [findAt(300)] })], code: 'SCANNER_JAMMED' },
      { pages: [fakePage(2, { cards: [findAt(300)], side: 'back' })], code: null },
    );
    await tell({ type: 'SCAN' });
    expect(scanState().value).toBe('arranging');
    expect(scanState().context.code).toBe('SCANNER_JAMMED');
    expect(scanState().context.pages).toHaveLength(1);
    await tell({ type: 'SCAN' });
    expect(kiosk.requests.get('scanner:scan-pages')).toMatchObject({ keepsPages: true });
    expect(place()).toBe('customer.capture.aiming');
  });

  it.each(['SCANNER_FEEDER_EMPTY', 'SCANNER_COVER_OPEN', 'SCANNER_UNREACHABLE'] as const)(
    'of %s is shown where it happened, and the next key scans again',
    async (code) => {
      const { kiosk, place, tell, scanState } = await start();
      kiosk.scans.outcomes.push({ pages: [], code }, { pages: [BOTH], code: null });
      await tell({ type: 'SCAN' });
      expect([scanState().value, scanState().context.code]).toEqual(['ready', code]);
      await tell({ type: 'SCAN' });
      expect(place()).toBe('customer.capture.aiming');
    },
  );

  it('of the cut leaves everything as it is, for another try', async () => {
    const { kiosk, place, tell, scanState } = await start();
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    kiosk.failNext('scanner:store-cuts', 'PICTURE_TOO_SMALL');
    await tell({ type: 'SCAN' });
    expect([scanState().value, scanState().context.code]).toEqual([
      'arranging',
      'PICTURE_TOO_SMALL',
    ]);
    await tell({ type: 'ACCEPT' });
    expect(place()).toBe('customer.capture.aiming');
  });
});

describe('while it scans', () => {
  it('shows how far it is, and stops when asked', async () => {
    const { kiosk, tell, scanState } = await start();
    const go = kiosk.hold('scanner:scan-pages');
    kiosk.scans.outcomes.push({ pages: [], code: 'SCANNER_CANCELLED' });
    await tell({ type: 'SCAN' });
    kiosk.scans.progress({ phase: 'scanning', pageIndex: 0, share: 0.4 });
    expect(scanState().context.progress?.share).toBe(0.4);
    await tell({ type: 'CANCEL' });
    expect(kiosk.countOf('scanner:cancel-scan')).toBe(1);
    go();
    await settle();
    expect(scanState().context.code).toBe('SCANNER_CANCELLED');
  });

  it('is not taken for silence, but an empty desk is', async () => {
    const { kiosk, tell, place, pass } = await start();
    kiosk.hold('scanner:scan-pages');
    await tell({ type: 'SCAN' });
    for (let page = 0; page < 4; page += 1) {
      await pass(40_000);
      kiosk.scans.progress({ phase: 'scanning', pageIndex: page, share: null });
    }
    expect(place()).toBe('customer.scan');
    await pass(61_000);
    expect(place()).toBe('attract');
  });

  it.each([
    ['CAMERA', 'customer.capture.aiming'],
    ['BACK', 'customer.document.choosing'],
  ] as const)('%s leaves at once and cancels', async (type, place) => {
    const flow = await start();
    flow.kiosk.hold('scanner:scan-pages');
    await flow.tell({ type: 'SCAN' });
    await flow.tell({ type });
    expect(flow.place()).toBe(place);
    expect(flow.kiosk.countOf('scanner:cancel-scan')).toBe(1);
  });
});

describe('the scanner', () => {
  it('is not asked for where none was chosen yet, but at hand beside the camera', async () => {
    const { kiosk, place, send, tell, scanState } = await start(atTeller(null));
    expect(place()).toBe('customer.capture.aiming');
    await send({ type: 'USE_SCANNER' });
    expect(place()).toBe('customer.scan');
    await tell({ type: 'SCAN' });
    expect(kiosk.countOf('scanner:scan-pages')).toBe(0);
    const { scannerId, name } = FLATBED;
    await tell({ type: 'SCANNER.CHOSEN', scanner: { scannerId, name } });
    expect(scanState().context.sources).toEqual(['platen', 'duplex']);
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SOURCE.CHOSEN', source: 'duplex' }, { type: 'SCAN' });
    expect(kiosk.requests.get('scanner:remember-scanner')).toEqual({
      scanner: { ...FLATBED, source: 'duplex' },
    });
  });

  it('is listed without anybody waiting for it', async () => {
    const { kiosk, place, scanState } = await start((fake) => {
      atTeller()(fake);
      fake.hold('scanner:watch-scanners');
    });
    expect(place()).toBe('customer.scan');
    expect([scanState().value, scanState().context.list]).toEqual(['ready', null]);
    kiosk.scans.changeList({ isSearching: true });
    expect(scanState().context.list?.isSearching).toBe(true);
  });

  it('is left for the camera by this customer alone', async () => {
    const { place, tell, send } = await start();
    await tell({ type: 'CAMERA' });
    await send(SHOOT);
    expect(place()).toBe('customer.capture.aiming');
    await send({ type: 'END' }, ...TO_CAPTURE);
    expect(place()).toBe('customer.scan');
  });

  it('is nothing for a customer alone at a kiosk', async () => {
    const { place, send } = await start((kiosk) => {
      atTeller()(kiosk);
      kiosk.status = { ...kiosk.status, mode: 'self-service' };
    });
    expect(place()).toBe('customer.capture.aiming');
    await send({ type: 'USE_SCANNER' });
    expect(place()).toBe('customer.capture.aiming');
  });

  it('never takes a face', async () => {
    const { kiosk, place, tell, send } = await start();
    kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
    await tell({ type: 'SCAN' });
    await send({ type: 'USE_SCANNER' });
    expect(place()).toBe('customer.capture.aiming');
  });
});

it('a picture that is taken again shows the page it was cut from first', async () => {
  const { kiosk, place, tell, send, scanState, context } = await start();
  kiosk.scans.outcomes.push({ pages: [BOTH], code: null });
  await tell({ type: 'SCAN' });
  await send(SHOOT, { type: 'RETAKE', step: 'BACK' });
  expect(place()).toBe('customer.scan');
  await vi.waitFor(() => expect(scanState().value).toBe('arranging'));
  expect(scanState().context.wanted).toEqual(['BACK']);
  await tell({ type: 'BACK' });
  expect(place()).toBe('customer.review.ready');
  expect(context().view?.steps.every(({ picture }) => picture !== null)).toBe(true);
});
