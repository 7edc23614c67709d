/** A teller's desk: the built app, a driverless scanner on the wire, drawn documents on its glass. */
import { expect } from 'playwright/test';
import sharp from 'sharp';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import messages from '../../renderer/i18n/messages/en.json' with { type: 'json' };
import { answer } from '../device/escl-machine.ts';
import type { DocumentName } from '../specimens/documents/catalogue.ts';
import type { Raster } from '../specimens/raster.ts';
import { plainCard, specimenOf } from '../support/glass.ts';
import { bothSides, chooseScanner, DPI, glassJpeg, test as base } from './support/desk.ts';
import { driverOf } from './support/fixtures.ts';
import type { KioskDriver } from './support/kiosk-driver.ts';

interface TellerFixtures {
  readonly teller: KioskDriver;
}

const test = base.extend<TellerFixtures>({
  teller: async ({ desk: _desk, launch }, use) => {
    const kiosk = await launch();
    const driver = driverOf(kiosk);
    await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
    await use(driver);
  },
});

const pictures = async (driver: KioskDriver): Promise<unknown[]> =>
  (await driver.session()).steps.map(({ step, picture }) => [step, picture?.source ?? null]);

/** Luma of a picture's middle, small: enough to tell sides and turns apart. */
const thumbOf = async (picture: Uint8Array | Raster): Promise<Buffer> => {
  const source =
    picture instanceof Uint8Array
      ? sharp(picture)
      : sharp(picture.data, {
          raw: { width: picture.widthPx, height: picture.heightPx, channels: picture.channels },
        }).flatten({ background: '#fff' });
  return source.resize(48, 30, { fit: 'fill' }).greyscale().raw().toBuffer();
};

const distance = (one: Buffer, other: Buffer): number =>
  one.reduce((sum, luma, at) => sum + Math.abs(luma - (other[at] ?? 0)), 0) / one.length;

/** Which side the stored picture of a step shows, and which way up. */
const shownIn = async (driver: KioskDriver, step: CaptureStep): Promise<string> => {
  const seen = await thumbOf(await driver.picture(step));
  const looks = await Promise.all(
    (['identity-card-front', 'identity-card-back'] as const).flatMap((name) =>
      ['upright', 'upside down'].map(async (turn) => {
        const thumb = await thumbOf((await specimenOf(name)).picture);
        if (turn !== 'upright') thumb.reverse();
        return { look: `${name}, ${turn}`, off: distance(thumb, seen) };
      }),
    ),
  );
  return looks.toSorted((one, other) => one.off - other.off)[0]?.look ?? '';
};

const press = async ({ page }: KioskDriver, action: string): Promise<void> => {
  await page.locator(`[data-action="${action}"]`).focus();
  await page.keyboard.press('Enter');
};

const phase = ({ page }: KioskDriver, name: string) =>
  page.locator(`[data-screen="scan"][data-phase="${name}"]`).waitFor();

const face = ({ page }: KioskDriver) =>
  page.locator('[data-screen="capture"][data-step="FACE"]').waitFor();

/** The error as staff reads it. */
const told = async ({ page }: KioskDriver, code: ErrorCode): Promise<void> => {
  await expect(page.locator('[data-screen="scan"]')).toHaveAttribute('data-code', code);
  await expect(page.locator('[data-screen="scan"] .notice-error')).toContainText(
    messages[`error.${code}.staff`],
  );
};

test('one key scans a glass with both sides, upright and the right way round', async ({
  teller,
  desk,
}) => {
  desk.layDown(await bothSides());
  await chooseScanner(teller);
  await press(teller, 'scan');
  await face(teller);
  expect(await pictures(teller)).toEqual([
    ['FRONT', 'scanner'],
    ['BACK', 'scanner'],
    ['FACE', null],
  ]);
  expect(await shownIn(teller, 'FRONT')).toBe('identity-card-front, upright');
  expect(await shownIn(teller, 'BACK')).toBe('identity-card-back, upright');
});

test('a frame that is a guess is shown, moved with the arrow keys, and accepted with Enter', async ({
  teller,
  desk,
}) => {
  const plain = { specimen: await plainCard(230), turnDeg: 2 };
  desk.layDown(
    await glassJpeg([
      { ...plain, xMm: 75, yMm: 60 },
      { ...plain, xMm: 80, yMm: 150 },
    ]),
  );
  await chooseScanner(teller);
  await press(teller, 'scan');
  await phase(teller, 'arranging');
  expect(await pictures(teller)).toEqual([
    ['FRONT', null],
    ['BACK', null],
    ['FACE', null],
  ]);
  const { page } = teller;
  const part = page.locator('[data-part="0"]');
  const before = await part.getAttribute('points');
  await page.locator('[data-handle="corner-2"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(part).not.toHaveAttribute('points', before ?? '');
  await page.locator('[data-part-row="1"] [data-assign="FRONT"]').click();
  await expect(page.locator('[data-part="1"]')).toHaveAttribute('data-step', 'FRONT');
  await page.locator('[data-part-row="0"] [data-assign="BACK"]').click();
  await press(teller, 'accept');
  await face(teller);
});

/** Cards that touch at an angle: nobody can tell where one ends. */
const touching = async (): Promise<Uint8Array> =>
  glassJpeg([
    {
      specimen: await specimenOf('identity-card-front', DPI),
      xMm: 90,
      yMm: 70,
      turnDeg: 0,
    },
    {
      specimen: await specimenOf('identity-card-back', DPI),
      xMm: 90,
      yMm: 130.8,
      turnDeg: 10,
    },
  ]);

/** Drags a handle to a place on the page, as a hand does. */
const drag = async ({ page }: KioskDriver, name: string, [xMm, yMm]: [number, number]) => {
  const handle = page.locator(`[data-handle="${name}"]`);
  const to = await handle.evaluate(
    (circle: SVGCircleElement, [x, y]) => {
      const toScreen = circle.ownerSVGElement?.getScreenCTM();
      const place = new DOMPoint(x, y).matrixTransform(toScreen ?? undefined);
      return { x: place.x, y: place.y };
    },
    [(xMm * DPI) / 25.4, (yMm * DPI) / 25.4],
  );
  await handle.hover();
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
};

/** How far from the page's left side the middle of the first frame lies. */
const middleMm = async ({ page }: KioskDriver): Promise<number> => {
  const points = (await page.locator('[data-part="0"]').getAttribute('points')) ?? '';
  const xs = points.split(' ').map((point) => Number(point.split(',')[0]));
  return (((Math.min(...xs) + Math.max(...xs)) / 2) * 25.4) / DPI;
};

const scanTouching = async (teller: KioskDriver): Promise<void> => {
  await chooseScanner(teller);
  await press(teller, 'scan');
  await phase(teller, 'arranging');
  await expect(teller.page.locator('[data-doubt]')).toHaveText(messages['scan.apart']);
};

test('cards that touch at an angle are no cut of anybody’s: laid apart, one key scans them again', async ({
  teller,
  desk,
}) => {
  desk.layDown(await touching());
  await scanTouching(teller);
  expect(await pictures(teller)).toEqual([
    ['FRONT', null],
    ['BACK', null],
    ['FACE', null],
  ]);
  desk.layDown(await bothSides());
  await press(teller, 'scan');
  await face(teller);
  expect(await shownIn(teller, 'BACK')).toBe('identity-card-back, upright');
});

test('cards that touch at an angle: the frame is fitted to one, and the other is scanned alone', async ({
  teller,
  desk,
}) => {
  desk.layDown(await touching());
  await scanTouching(teller);
  const { page } = teller;
  // Level, and then onto two corners of the front.
  await drag(teller, 'turn', [await middleMm(teller), 5]);
  await drag(teller, 'corner-2', [90 + 42.8, 70 + 27]);
  await drag(teller, 'corner-0', [90 - 42.8, 70 - 27]);
  await page.locator('[data-part-row="0"] [data-assign="FRONT"]').click();
  await press(teller, 'accept');
  await page.locator('[data-screen="scan"][data-phase="ready"]').waitFor();
  expect(await shownIn(teller, 'FRONT')).toBe('identity-card-front, upright');
  const back = await specimenOf('identity-card-back', DPI);
  desk.layDown(await glassJpeg([{ specimen: back, xMm: 80, yMm: 60, turnDeg: 1 }]));
  await press(teller, 'scan');
  await face(teller);
});

test('a jam keeps the pages so far, says what to do, and the next key scans the rest', async ({
  teller,
  desk: { machine },
}) => {
  const sideAlone = async (name: DocumentName): Promise<Uint8Array> =>
    glassJpeg([{ specimen: await specimenOf(name, DPI), xMm: 80, yMm: 60, turnDeg: 1 }]);
  const front = await sideAlone('identity-card-front');
  const back = await sideAlone('identity-card-back');
  let isJammed = true;
  let rest = 1;
  machine.sheets = 2;
  machine.interfere = (route, count) => {
    if (route !== 'document') return null;
    if (count === 0) return answer(200, { type: 'image/jpeg', body: front });
    if (isJammed) {
      machine.feederTrouble = 'ScannerAdfJam';
      return answer(409);
    }
    rest -= 1;
    return rest < 0 ? answer(404) : answer(200, { type: 'image/jpeg', body: back });
  };
  await chooseScanner(teller);
  await teller.page.locator('[data-source="feeder"]').click();
  await press(teller, 'scan');
  await phase(teller, 'arranging');
  await told(teller, 'SCANNER_JAMMED');
  await expect(teller.page.locator('[data-part]')).toHaveCount(1);
  isJammed = false;
  machine.feederTrouble = null;
  await press(teller, 'scan');
  await face(teller);
  expect(await shownIn(teller, 'FRONT')).toBe('identity-card-front, upright');
  expect(await shownIn(teller, 'BACK')).toBe('identity-card-back, upright');
});

test('a scanner that is switched off says so, and scans once it is on again', async ({
  teller,
  desk,
}) => {
  desk.layDown(await bothSides());
  await chooseScanner(teller);
  await desk.switchOff();
  await press(teller, 'scan');
  await told(teller, 'SCANNER_UNREACHABLE');
  await desk.switchOn();
  await press(teller, 'scan');
  await face(teller);
});

test('the camera is at hand while a scanner says nothing, and takes the very same step', async ({
  teller,
  desk: { machine },
}) => {
  await chooseScanner(teller);
  machine.interfere = (route) => (route === 'document' ? { kind: 'silence' } : null);
  await press(teller, 'scan');
  await phase(teller, 'scanning');
  await press(teller, 'camera');
  await teller.page.locator('[data-screen="capture"][data-step="FRONT"]').waitFor();
});

test('the chosen scanner stands ready for the next customer', async ({ teller, desk }) => {
  desk.layDown(await bothSides());
  await chooseScanner(teller);
  await press(teller, 'scan');
  await face(teller);
  await teller.press('start-over');
  await teller.page.locator('[data-dialog="start-over"] [data-action="end"]').click();
  await teller.screen('desk');
  await teller.begin({ country: 'LT', documentType: 'ID_CARD' });
  await phase(teller, 'ready');
  // The one key: it has the focus already.
  await teller.page.keyboard.press('Enter');
  await face(teller);
});
