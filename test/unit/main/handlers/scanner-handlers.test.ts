/** From one key at the teller's desk to the pictures of the session, over the real kiosk. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ScannedPage } from '../../../../main/devices/scanner-driver.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { PageView } from '../../../../preload/contract/scanner-channels.ts';
import { FAKE_SCANNER, FakeScanner } from '../../../support/fake-scanner.ts';
import { specimenOf, scanGlass } from '../../../support/glass.ts';

const DPI = 300;
const sides = {
  front: { specimen: await specimenOf('identity-card-front', DPI), xMm: 70, yMm: 60, turnDeg: 3 },
  back: { specimen: await specimenOf('identity-card-back', DPI), xMm: 75, yMm: 150, turnDeg: -2 },
};
const toPage = async (laid: Parameters<typeof scanGlass>[0]['laid']): Promise<ScannedPage> => {
  const { jpeg, page } = await scanGlass({ lid: 248, laid, heightMm: 200 }, DPI);
  return {
    bytes: jpeg,
    format: 'jpeg',
    widthPx: page.widthPx,
    heightPx: page.heightPx,
    dpi: DPI,
    isGrey: false,
    side: 'front',
  };
};
const [both, one] = [await toPage([sides.front, sides.back]), await toPage([sides.front])];

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { makeKiosk } = await import('../../../support/kiosk.ts');

let scanner: FakeScanner;
let under: ReturnType<typeof makeKiosk>;
const { scannerId, source } = FAKE_SCANNER;

const begin = async (): Promise<void> => {
  const { consent } = under.kiosk.status();
  await under.handlers['session:start-session']({
    language: 'en',
    consentVersion: consent.version,
  });
  await under.handlers['session:choose-document']({ country: 'LT', documentType: 'ID_CARD' });
};

const scan = async (keepsPages = false) => {
  const answer = await under.handlers['scanner:scan-pages']({ scannerId, source, keepsPages });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

const pageOf = ({ pages }: { readonly pages: readonly PageView[] }): PageView => {
  const [page] = pages;
  if (page === undefined) throw new Error('There is no page.');
  return page;
};

beforeEach(async () => {
  scanner = new FakeScanner();
  scanner.pages = [both];
  under = makeKiosk({ mode: 'teller' }, undefined, undefined, { scanners: scanner.desk() });
  await under.kiosk.start();
  onTestFinished(() => under.kiosk.stop());
  await begin();
});

describe('a scan', () => {
  it('finds both sides of a card and makes them pictures of the session', async () => {
    const { pages, code } = await scan();
    expect(code).toBeNull();
    const page = pageOf({ pages });
    expect(page.cards.map(({ format, isCertain }) => [format, isCertain])).toEqual([
      ['ID-1', true],
      ['ID-1', true],
    ]);
    const [front, back] = page.cards;
    if (front === undefined || back === undefined) throw new Error('Two cards were found.');
    const stored = await under.handlers['scanner:store-cuts']({
      cuts: [
        { step: 'FRONT', pageId: page.pageId, quad: front.quad },
        { step: 'BACK', pageId: page.pageId, quad: back.quad },
      ],
    });
    if (!stored.ok) throw new Error(stored.error.code);
    const pictures = stored.value.steps.map(({ step, picture }) => [step, picture?.source ?? null]);
    expect(pictures).toEqual([
      ['FRONT', 'scanner'],
      ['BACK', 'scanner'],
      ['FACE', null],
    ]);
    expect(stored.value.steps[0]?.picture).toMatchObject({ warnings: [] });
  });

  it('keeps the pages before a jam, and those after it beside them', async () => {
    scanner.code = 'SCANNER_JAMMED';
    const first = await scan();
    expect([first.pages.length, first.code]).toEqual([1, 'SCANNER_JAMMED']);
    scanner.code = null;
    const second = await scan(true);
    expect(second.pages.map(({ pageId }) => pageId)).toEqual([
      first.pages[0]?.pageId,
      expect.any(String),
    ]);
    const third = await scan();
    expect(third.pages).toHaveLength(1);
  });

  it('tells of a page that can not be read, and keeps the others', async () => {
    scanner.pages = [one, { ...one, bytes: one.bytes.subarray(0, 9_000) }];
    const { pages, code } = await scan();
    expect([pages.length, code]).toEqual([1, 'PICTURE_UNREADABLE']);
  });

  it('tells how far it is', async () => {
    await scan();
    expect(under.scanProgress).toEqual([
      { phase: 'scanning', pageIndex: 0, share: 0.5 },
      { phase: 'reading', pageIndex: 1, share: null },
    ]);
  });

  it('is cancelled at once, with the code for it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scanner.gate = promise;
    const running = scan();
    await under.handlers['scanner:cancel-scan'](undefined);
    expect(await running).toEqual({ pages: [], code: 'SCANNER_CANCELLED' });
    resolve();
  });

  it('takes the place of one that nobody waits for any longer', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scanner.gate = promise;
    const first = scan();
    const second = scan();
    expect(await first).toEqual({ pages: [], code: 'SCANNER_CANCELLED' });
    resolve();
    expect(await second).toMatchObject({ pages: [{ dpi: DPI }], code: null });
  });

  it('needs a session', async () => {
    await under.handlers['session:end-session'](undefined);
    expect(
      await under.handlers['scanner:scan-pages']({ scannerId, source, keepsPages: false }),
    ).toEqual(fail('NO_SESSION'));
    expect(scanner.scans).toBe(0);
  });
});

describe('SEC-22 the pages of a customer', () => {
  it('are gone with the customer, with their small pictures', async () => {
    const page = pageOf(await scan());
    expect((await under.handlers['scanner:read-page']({ pageId: page.pageId })).ok).toBe(true);
    await under.handlers['session:end-session'](undefined);
    await begin();
    expect(await under.handlers['scanner:get-pages'](undefined)).toEqual(ok({ pages: [] }));
    expect(await under.handlers['scanner:read-page']({ pageId: page.pageId })).toEqual(
      fail('PICTURE_MISSING'),
    );
    const quad = page.sheet.quad;
    expect(
      await under.handlers['scanner:store-cuts']({
        cuts: [{ step: 'FRONT', pageId: page.pageId, quad }],
      }),
    ).toEqual(fail('PICTURE_MISSING'));
  });

  it('never become those of the next, also when a scan outlasts its customer', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scanner.gate = promise;
    const running = scan();
    await under.handlers['session:end-session'](undefined);
    await begin();
    resolve();
    expect((await running).pages).toEqual([]);
    expect(await under.handlers['scanner:get-pages'](undefined)).toEqual(ok({ pages: [] }));
  });

  it('never become those of another document', async () => {
    await scan();
    await under.handlers['session:choose-document']({ country: 'LT', documentType: 'PASSPORT' });
    expect(await under.handlers['scanner:get-pages'](undefined)).toEqual(ok({ pages: [] }));
  });

  it('give no picture that was cut while they left', async () => {
    const page = pageOf(await scan());
    const cutting = under.handlers['scanner:store-cuts']({
      cuts: [{ step: 'FRONT', pageId: page.pageId, quad: page.sheet.quad }],
    });
    await under.handlers['session:end-session'](undefined);
    await begin();
    expect((await cutting).ok).toBe(false);
    expect(under.kiosk.session.view().steps.map(({ picture }) => picture)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the scanners of a desk', () => {
  it('are listed without waiting for the search', async () => {
    const first = await under.handlers['scanner:watch-scanners']({ isWatched: true });
    expect(first).toMatchObject({ ok: true, value: { scanners: [], isSearching: true } });
    await expect
      .poll(() => under.handlers['scanner:watch-scanners']({ isWatched: false }))
      .toMatchObject({ value: { scanners: [{ scannerId, name: FAKE_SCANNER.name }] } });
  });

  it('say where they take paper from', async () => {
    expect(await under.handlers['scanner:get-sources']({ scannerId })).toEqual(
      ok({ sources: ['platen', 'duplex'] }),
    );
  });

  it('are remembered', async () => {
    expect(under.kiosk.status().scanner).toEqual({ isOffered: true, remembered: null });
    await under.handlers['scanner:remember-scanner']({ scanner: FAKE_SCANNER });
    expect(under.kiosk.status().scanner.remembered).toEqual(FAKE_SCANNER);
  });

  it('are not offered where the policy has none', async () => {
    const without = makeKiosk({});
    await without.kiosk.start();
    onTestFinished(() => without.kiosk.stop());
    expect(without.kiosk.status().scanner.isOffered).toBe(false);
    expect(await without.handlers['scanner:watch-scanners']({ isWatched: true })).toEqual(
      fail('NOT_IN_SERVICE'),
    );
  });
});
