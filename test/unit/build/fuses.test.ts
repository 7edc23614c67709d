import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KIOSK_FUSES, setFuses } from '../../../build/fuses.mjs';

/** The marker in front of every fuse wire (Electron documentation, "Electron Fuses"). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

let folder: string;
let binary: string;

/** A file that holds a fuse wire of `length` fuses, all inherited. */
const writeBinary = (length: number): Promise<void> =>
  writeFile(
    binary,
    Buffer.concat([
      Buffer.alloc(1_000, 7),
      Buffer.from(SENTINEL),
      Buffer.from([1, length]),
      Buffer.alloc(length, FuseState.INHERIT),
      Buffer.alloc(1_000, 9),
    ]),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-fuses-'));
  binary = join(folder, 'electron');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('fuses', () => {
  it('SEC-11 sets all nine fuses of a wire and reads them back', async () => {
    await writeBinary(9);
    await setFuses(binary);
    const wire = await getCurrentFuseWire(binary);
    const on = new Set([
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.WasmTrapHandlers,
    ]);
    for (let fuse = 0; fuse < 9; fuse += 1)
      expect(wire[fuse as FuseV1Options]).toBe(on.has(fuse) ? FuseState.ENABLE : FuseState.DISABLE);
  });

  it('SEC-11 fails on a binary with a fuse that nobody decided about', async () => {
    await writeBinary(10);
    await expect(setFuses(binary)).rejects.toThrow('strictlyRequireAllFuses');
  });

  it('SEC-11 leaves no fuse to a default', () => {
    expect(KIOSK_FUSES.strictlyRequireAllFuses).toBe(true);
    for (let fuse = 0; fuse < 9; fuse += 1)
      expect(typeof KIOSK_FUSES[fuse as FuseV1Options]).toBe('boolean');
  });
});
