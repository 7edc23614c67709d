/** Reads the documents on a scanned page: which side of each is shown, which way up, what it is. */
import type { Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';
import type { DocumentReader } from './document-reader.ts';
import { NOTHING_READ, type DocumentReading } from './document-reading.ts';

/** A reader asks for more frames where one leaves it open; a page is one, so it ends by itself. */
const MOST_LOOKS = 4;

/** The whole page in pixels; null where it can't be decoded. */
export const pixelsOfJpeg = async (bytes: Uint8Array<ArrayBuffer>): Promise<Raster | null> => {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const { width: widthPx, height: heightPx } = bitmap;
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  pen?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const data = pen?.getImageData(0, 0, widthPx, heightPx).data;
  canvas.width = 0;
  return data === undefined ? null : { widthPx, heightPx, channels: 4, data };
};

const readOne = async (
  reader: DocumentReader,
  page: Raster,
  quad: Quad,
): Promise<DocumentReading> => {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const reading = await reader.read(page, quad);
    if (reading !== null) return reading;
  }
  return NOTHING_READ;
};

/**
 * One reading for each document.
 *
 * @param makeReader a new one for each: cards of one kind look alike, and none may lend another its facts.
 * @param quads in pixels of a page that is `widthPx` wide; `page` may be smaller.
 */
export const readPage = async (
  makeReader: () => Promise<DocumentReader>,
  page: Raster,
  widthPx: number,
  quads: readonly Quad[],
): Promise<readonly DocumentReading[]> => {
  const scale = page.widthPx / widthPx;
  const at = ({ x, y }: Quad[0]): Quad[0] => ({ x: x * scale, y: y * scale });
  const readings: DocumentReading[] = [];
  for (const [a, b, c, d] of quads)
    readings.push(await readOne(await makeReader(), page, [at(a), at(b), at(c), at(d)]));
  return readings;
};
