import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../eval/run.ts', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-eval-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('reads the pictures of a folder and ends with one line of figures', async () => {
  const desk = { width: 640, height: 480, channels: 3, background: '#6b5a48' } as const;
  await sharp({ create: desk }).jpeg().toFile(join(folder, 'desk.jpg'));
  const truth = { visibility: 'none' };
  const manifest = [{ file: 'desk.jpg', kind: 'none', ground_truth: truth }];
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const { stdout } = await promisify(execFile)(process.execPath, [
    RUN,
    'visibility',
    folder,
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ suite: 'visibility', n: 1, accepted: 0 });
});
