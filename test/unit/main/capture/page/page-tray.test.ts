/** The pages of one customer, and that nobody else ever gets anything of them. */
import { describe, expect, it } from 'vitest';
import { PageTray } from '../../../../../main/capture/page/page-tray.ts';
import { systemRandom } from '../../../../../main/ports/random.ts';
import { fail, ok } from '../../../../../preload/contract/result.ts';
import { photograph, toSharp } from '../../../../support/pictures.ts';

/** A page as large as a card at 300 dpi: what is on it does not matter here. */
const jpeg = await toSharp(photograph({ widthPx: 1050, heightPx: 680 }, 4))
  .jpeg()
  .toBuffer();
const file = () => ({
  bytes: Uint8Array.from(jpeg),
  dpi: 300,
  isGrey: false,
  side: 'front' as const,
});

const filled = async () => {
  const tray = new PageTray(systemRandom);
  const page = file();
  const added = await tray.add(page, tray.customer);
  if (!added.ok || added.value === null) throw new Error('The page was not kept.');
  return { tray, view: added.value, page };
};

/** Until the library is at work on what was asked for. */
const underWay = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('a tray', () => {
  it('cuts as often as somebody moves a corner, also out of a page before the last', async () => {
    const { tray, view } = await filled();
    await tray.add(file(), tray.customer);
    for (let time = 0; time < 2; time += 1) {
      const pictures = await tray.cut(view.pageId, [view.sheet.quad]);
      expect(pictures.ok && pictures.value).toHaveLength(1);
    }
  });

  it('hands out copies of its small pictures', async () => {
    const { tray, view } = await filled();
    tray.preview(view.pageId)?.fill(0);
    expect(tray.preview(view.pageId)?.[0]).toBe(0xff);
  });
});

describe('SEC-22 a tray that is cleared', () => {
  it('overwrites the pages and knows none of them', async () => {
    const { tray, view, page } = await filled();
    tray.clear();
    expect(page.bytes.every((byte) => byte === 0)).toBe(true);
    expect(tray.views()).toEqual([]);
    expect(tray.preview(view.pageId)).toBeNull();
    expect(await tray.cut(view.pageId, [view.sheet.quad])).toEqual(fail('PICTURE_MISSING'));
  });

  it('keeps no page that was looked at meanwhile, and overwrites it', async () => {
    const tray = new PageTray(systemRandom);
    const page = file();
    const adding = tray.add(page, tray.customer);
    await underWay();
    tray.clear();
    expect(await adding).toEqual(ok(null));
    expect(tray.views()).toEqual([]);
    expect(page.bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('gives no picture that was cut meanwhile', async () => {
    const { tray, view } = await filled();
    const cutting = tray.cut(view.pageId, [view.sheet.quad]);
    await underWay();
    tray.clear();
    expect(await cutting).toEqual(fail('PICTURE_MISSING'));
  });

  it('takes the pages of whoever comes next', async () => {
    const { tray } = await filled();
    tray.clear();
    expect(await tray.add(file(), tray.customer)).toMatchObject({ ok: true });
    expect(tray.views()).toHaveLength(1);
  });
});
