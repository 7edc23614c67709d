/** Brings into the worker what documents are read with, when the first one is asked for, and keeps it. */
// oxlint-disable-next-line import/default -- The bundler makes it.
import zxingUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { preparePdf417, readPdf417 } from '../barcode/read-pdf417.ts';
// oxlint-disable-next-line import/default -- The bundler makes it.
import lineNetworkUrl from '../mrz/line-network.bin?url';
import { createMrzReader } from '../mrz/read-mrz.ts';
import { DocumentReader, type ReadingTools } from './document-reader.ts';
import type { Side } from './document-reading.ts';
import { loadFaceNetwork } from './face-loader.ts';
import { fetchFile } from './fetch-file.ts';

let tools: Promise<ReadingTools> | null = null;

const loadTools = async (): Promise<ReadingTools> => {
  const [lineNetwork, zxing, faces] = await Promise.all([
    fetchFile(lineNetworkUrl),
    fetchFile(zxingUrl),
    loadFaceNetwork(),
  ]);
  await preparePdf417(zxing);
  return { readMrz: createMrzReader(new Uint8Array(lineNetwork)), readPdf417, faces };
};

/** A new reader. Rejects where a part is not there: the app is not whole then. */
export const createDocumentReader = async (side: Side | null): Promise<DocumentReader> => {
  tools ??= loadTools();
  return new DocumentReader(await tools, side);
};
