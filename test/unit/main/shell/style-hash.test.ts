import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStyleHash } from '../../../../main/shell/style-hash.ts';

const SHA256 = `${'aB3+/'.repeat(8)}xyz=`;
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-style-'));
  path = join(folder, 'style-hash.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('style hash', () => {
  it('SEC-05 is the hash source for what the build wrote down', async () => {
    await writeFile(path, JSON.stringify({ sha256: SHA256 }));
    expect(await readStyleHash(path)).toBe(`sha256-${SHA256}`);
  });

  it.each([
    ['no hash', '{}'],
    ['no JSON', SHA256],
    ['a list', JSON.stringify({ sha256: [SHA256] })],
    ['a hash that is too short', JSON.stringify({ sha256: SHA256.slice(1) })],
    ['more than a hash', JSON.stringify({ sha256: `${SHA256}' 'unsafe-inline` })],
    ['another directive', JSON.stringify({ sha256: `${SHA256}'; script-src *` })],
    ['a line more', JSON.stringify({ sha256: `${SHA256}\n` })],
    ['a key more', JSON.stringify({ sha256: SHA256, more: true })],
  ])('SEC-05 is refused when the file holds %s', async (_what, text) => {
    await writeFile(path, text);
    await expect(readStyleHash(path)).rejects.toBeInstanceOf(Error);
  });

  it('SEC-05 is refused when there is no file', async () => {
    await expect(readStyleHash(join(folder, 'missing.json'))).rejects.toThrow('ENOENT');
  });
});
