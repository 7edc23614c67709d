import { appendFile, mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeApp } from '../../../../build/describe-app.ts';
import { isInstalledWhole } from '../../../../main/shell/installed-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-installed-'));
  await mkdir(join(folder, 'main', 'chunks'), { recursive: true });
  await writeFile(join(folder, 'main', 'index.js'), 'start();\n');
  await writeFile(join(folder, 'main', 'chunks', 'a.js'), Buffer.alloc(300_000, 7));
  await describeApp(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const flip = async (path: string, at: number, bit: number): Promise<void> => {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
  await writeFile(path, bytes);
};

describe('SEC-12 the installed app', () => {
  it('is whole as it was built', async () => {
    expect(await isInstalledWhole(folder)).toBe(true);
  });

  it.each([0, 150_000, 299_999])('is not with one bit flipped in byte %i', async (at) => {
    await flip(join(folder, 'main', 'chunks', 'a.js'), at, at % 8);
    expect(await isInstalledWhole(folder)).toBe(false);
  });

  it.each<[string, () => Promise<void>]>([
    ['a file more', () => writeFile(join(folder, 'main', 'b.js'), '')],
    ['a file less', () => unlink(join(folder, 'main', 'index.js'))],
    ['a byte more', () => appendFile(join(folder, 'main', 'index.js'), ' ')],
    ['no manifest', () => unlink(join(folder, 'manifest.json'))],
    ['a manifest of another form', () => writeFile(join(folder, 'manifest.json'), '{"a":1}')],
    ['an empty manifest', () => writeFile(join(folder, 'manifest.json'), '{}')],
  ])('is not with %s', async (_what, change) => {
    await change();
    expect(await isInstalledWhole(folder)).toBe(false);
  });
});
