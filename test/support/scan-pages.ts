/** Whole and broken files as scanners give them, drawn. */
import sharp from 'sharp';
import { pngOfClaimedSize, solid, toSharp, type RawPicture } from './pictures.ts';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Light paper with something on it, so that a cut is a loss. */
export const sheet = ({ widthPx, heightPx }: Size): RawPicture => {
  const { rgb } = solid({ widthPx, heightPx }, [240, 236, 228]);
  for (let at = 0; at < rgb.byteLength; at += 1) rgb[at] = (rgb[at] ?? 0) - ((at * 7919) % 61);
  return { rgb, widthPx, heightPx };
};

export const jpegPage = (size: Size, dpi = 75): Promise<Buffer> =>
  toSharp(sheet(size)).withMetadata({ density: dpi }).jpeg({ quality: 80 }).toBuffer();

export const pngPage = (size: Size, dpi = 75): Promise<Buffer> =>
  toSharp(sheet(size)).withMetadata({ density: dpi }).png().toBuffer();

export const greyPage = (size: Size): Promise<Buffer> =>
  toSharp(sheet(size)).toColourspace('b-w').png().toBuffer();

/** The first part of a file. */
export const half = (file: Uint8Array): Uint8Array =>
  file.subarray(0, Math.floor(file.byteLength / 2));

/** What must not pass for a page, by name. */
export const brokenPages = async (): Promise<ReadonlyMap<string, Uint8Array>> => {
  const size = { widthPx: 300, heightPx: 200 };
  const [jpeg, png] = [await jpegPage(size), await pngPage(size)];
  const tiff = await sharp(png).tiff().toBuffer();
  return new Map<string, Uint8Array>([
    ['half a JPEG', half(jpeg)],
    ['a JPEG without its last byte', jpeg.subarray(0, -1)],
    ['half a PNG', half(png)],
    ['half a TIFF', half(tiff)],
    ['a whole TIFF', tiff],
    ['one pixel', await pngPage({ widthPx: 1, heightPx: 1 })],
    ['a hundred megapixels', pngOfClaimedSize({ widthPx: 10_000, heightPx: 10_000 })],
    ['a page of HTML', Buffer.from('<html><body>502 Bad Gateway</body></html>')],
    ['nothing', new Uint8Array()],
    ['noise', Buffer.alloc(5000, 0xa5)],
  ]);
};
