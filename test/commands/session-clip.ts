/** The camera clip of a whole session, drawn once for each document and kept in out/clips. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';
import { writeSessionClip } from '../specimens/clips.ts';
import { truthPathOf } from '../specimens/clip-writer.ts';

const FOLDER = fileURLToPath(new URL('../../out/clips/', import.meta.url));
const SPECIMENS = fileURLToPath(new URL('../specimens/', import.meta.url));

/** Every step the policy asks for by default: one it does not would only be waited for. */
export const SESSION_STEPS: readonly CaptureStep[] = ['FRONT', 'BACK', 'FACE'];

/** Changes with the code that draws, so that no old clip outlives it. */
const drawingVersion = (): string => {
  const hash = createHash('sha256');
  for (const entry of readdirSync(SPECIMENS, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest('hex').slice(0, 12);
};

/** Path of an .mjpeg that shows these steps of a document in turn, in a loop of 2.4 s each. */
export const sessionClip = async (
  documentType: DocumentType,
  steps: readonly CaptureStep[] = SESSION_STEPS,
): Promise<string> => {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${documentType}-${steps.join('-')}-${drawingVersion()}.mjpeg`);
  if (existsSync(file)) return file;
  // Written under another name first: a clip that is there is whole, also when two draw at once.
  const unfinished = join(FOLDER, `${process.pid}-${documentType}-${steps.join('-')}.mjpeg`);
  await writeSessionClip(unfinished, {
    widthPx: 1280,
    heightPx: 720,
    seed: 20_261,
    issuer: 'LT',
    documentType,
    issuedOn: '2024-05-14',
    billIssuedOn: '2026-10-30',
    steps,
  });
  renameSync(truthPathOf(unfinished), truthPathOf(file));
  renameSync(unfinished, file);
  return file;
};
