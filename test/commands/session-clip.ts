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
const STEPS: readonly CaptureStep[] = ['FRONT', 'BACK', 'FACE'];

/** Changes with what is drawn and the code that draws it, so that no old clip outlives it. */
const drawingVersion = (): string => {
  const hash = createHash('sha256').update(STEPS.join());
  for (const entry of readdirSync(SPECIMENS, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest('hex').slice(0, 12);
};

/** Path of an .mjpeg that shows every step of this document in turn, in a loop. */
export const sessionClip = async (
  documentType: DocumentType,
  issuer: 'LT' | 'UTO' = 'LT',
): Promise<string> => {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${documentType}-${issuer}-${drawingVersion()}.mjpeg`);
  if (existsSync(file)) return file;
  // Written under another name first: a clip that is there is whole, also when two draw at once.
  const unfinished = join(FOLDER, `${process.pid}-${documentType}.mjpeg`);
  await writeSessionClip(unfinished, {
    widthPx: 1280,
    heightPx: 720,
    seed: 20_261,
    issuer,
    documentType,
    issuedOn: '2024-05-14',
    billIssuedOn: '2026-10-30',
    steps: STEPS,
  });
  renameSync(truthPathOf(unfinished), truthPathOf(file));
  renameSync(unfinished, file);
  return file;
};
