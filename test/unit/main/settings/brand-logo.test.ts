import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LOGO_LIMITS, readLogo } from '../../../../main/settings/brand-logo.ts';
import { loadPolicy } from '../../../../main/settings/policy-file.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

const drawing = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 4, background: { r: 11, g: 92, b: 70, alpha: 0.5 } },
  });

const UNUSABLE = { ok: false, error: { code: 'POLICY_LOGO_UNUSABLE' } };

describe('a logo', () => {
  it.each(['png', 'webp'] as const)('may be a %s, and is drawn anew on white', async (format) => {
    const comment = 'a-comment-of-the-file';
    const file = await drawing(1280, 320)
      .withExif({ IFD0: { ImageDescription: comment } })
      .toFormat(format, { lossless: true })
      .toBuffer();
    expect(file.includes(comment)).toBe(true);
    const logo = await readLogo(file);
    if (!logo.ok) throw new Error(logo.error.code);
    expect(logo.value).toMatchObject({ widthPx: LOGO_LIMITS.shownLongPx, heightPx: 160 });
    const png = Buffer.from(logo.value.png);
    expect(png.includes(comment)).toBe(false);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 640, height: 160 });
    const { channels } = await sharp(png).stats();
    // Half of the colour, half of white; a decoder may round down.
    for (const [index, half] of [133, 173.5, 162.5].entries())
      expect(Math.abs((channels[index]?.mean ?? 0) - half)).toBeLessThanOrEqual(1);
  });

  it('has a path of its own for what it shows', async () => {
    const paths = await Promise.all(
      [100, 100, 101].map(async (width) => {
        const logo = await readLogo(await drawing(width, 50).png().toBuffer());
        return logo.ok ? logo.value.path : null;
      }),
    );
    expect(paths[0]).toMatch(/^\/brand-[0-9a-f]{16}\.png$/);
    expect(paths[1]).toBe(paths[0]);
    expect(paths[2]).not.toBe(paths[0]);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
    ],
    ['a JPEG', () => drawing(100, 50).jpeg().toBuffer()],
    ['a PNG cut short', async () => (await drawing(100, 50).png().toBuffer()).subarray(0, 90)],
    ['too small', () => drawing(100, 20).png().toBuffer()],
    [
      'wider than a screen',
      () =>
        drawing(LOGO_LIMITS.longPx + 1, 50)
          .png()
          .toBuffer(),
    ],
    ['too many bytes', () => Buffer.alloc(LOGO_LIMITS.bytes + 1, 0x89)],
    ['empty', () => Buffer.alloc(0)],
  ])('that is %s is refused', async (_what, file) => {
    expect(await readLogo(await file())).toEqual(UNUSABLE);
  });

  it('is read from the file the policy names, as carefully as the policy itself', async () => {
    const png = await drawing(100, 50).png().toBuffer();
    const load = (change: (disk: MemoryDisk) => void) => {
      const disk = new MemoryDisk();
      disk.put('/etc/mark-id-kiosk/policy.json', '{"brand":{"logoFile":"/etc/logo.png"}}');
      change(disk);
      return loadPolicy({ disk, platform: 'linux', env: {}, userId: 1000 });
    };
    expect(await load((disk) => disk.put('/etc/logo.png', png))).toMatchObject({
      ok: true,
      value: { logo: { widthPx: 100, heightPx: 50 } },
    });
    expect(await load(() => undefined)).toMatchObject({ error: { code: 'POLICY_UNREADABLE' } });
    expect(await load((disk) => disk.put('/etc/logo.png', 'not a picture'))).toEqual(UNUSABLE);
  });
});
