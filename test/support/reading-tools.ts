/** What documents are read with, from the files of the app, for tests in Node. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { preparePdf417, readPdf417 } from '../../renderer/vision/barcode/read-pdf417.ts';
import { createMrzReader } from '../../renderer/vision/mrz/read-mrz.ts';
import type { ReadingTools } from '../../renderer/vision/worker/document-reader.ts';
import { loadFaceNetwork } from '../eval/face-network.ts';

export const loadReadingTools = async (): Promise<ReadingTools> => {
  const zxing = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const lineNetwork = new URL('../../renderer/vision/mrz/line-network.bin', import.meta.url);
  await preparePdf417(new Uint8Array(await readFile(zxing)).buffer);
  return {
    readMrz: createMrzReader(await readFile(lineNetwork)),
    readPdf417,
    faces: await loadFaceNetwork(),
  };
};
