/**
 * Owns the peer that reads MRZs with tesseract.js: the usual recipe of one block of text and a list of
 * allowed characters. Development alone: it never reaches the product.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';
import type { GreyRaster } from '../../renderer/vision/luma.ts';
import { MRZ_ALPHABET } from '../../renderer/vision/mrz/line-network.ts';

/** Reads the zone at the foot of a document; null where no line is long enough. */
export interface TesseractPeer {
  read(luma: GreyRaster): Promise<string | null>;
  close(): Promise<void>;
}

/** Lengths of MRZ lines; a line of another length can only be wrong. */
const SHORTEST_LINE = 28;

/** Starts its engine on the package's own language file: its default would fetch one. */
export const loadTesseract = async (): Promise<TesseractPeer> => {
  const data = dirname(
    createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'),
  );
  const worker = await createWorker('eng', 1, {
    langPath: join(data, '4.0.0'),
    gzip: true,
    cacheMethod: 'none',
  });
  await worker.setParameters({
    tessedit_char_whitelist: MRZ_ALPHABET,
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
  });
  return {
    read: async ({ widthPx, heightPx, data: luma }) => {
      const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
      const png = await sharp(luma, { raw }).png({ compressionLevel: 1 }).toBuffer();
      const { data: page } = await worker.recognize(png);
      const lines = page.text
        .split('\n')
        .map((line) => line.replaceAll(/\s/g, ''))
        .filter((line) => line.length >= SHORTEST_LINE);
      const count = (lines.at(-1)?.length ?? 0) < 34 ? 3 : 2;
      return lines.length === 0 ? null : lines.slice(-count).join('\n');
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
