import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  readStateFile,
  readStateFileOrThrow,
  setAside,
  writeStateFile,
} from '../../../../main/settings/state-file.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const PATH = '/data/state.json';
const schema = z.strictObject({ version: z.literal(1), word: z.string() });
const content = { version: 1, word: 'käse' };

const written = async (): Promise<MemoryDisk> => {
  const disk = new MemoryDisk();
  expect(await writeStateFile(disk, PATH, content)).toBe(true);
  return disk;
};

describe('state file', () => {
  it('gives back what was written', async () => {
    expect(await readStateFile(await written(), PATH, schema)).toEqual({ kind: 'intact', content });
  });

  it('tells a missing file from a damaged one', async () => {
    expect(await readStateFile(new MemoryDisk(), PATH, schema)).toEqual({ kind: 'missing' });
  });

  it('REC-03: calls a file damaged for every single bit that is not as it was written', async () => {
    const disk = await written();
    const bytes = Buffer.from(disk.text(PATH) ?? '');
    expect(bytes.byteLength).toBeGreaterThan(80);
    for (let bit = 0; bit < bytes.byteLength * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      disk.put(PATH, flipped);
      expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
    }
  });

  it('calls a file damaged wherever it was cut off', async () => {
    const disk = await written();
    const bytes = Buffer.from(disk.text(PATH) ?? '');
    for (let length = 0; length < bytes.byteLength; length += 1) {
      disk.put(PATH, bytes.subarray(0, length));
      expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
    }
  });

  it('never throws and never finds sense in arbitrary bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (bytes: Uint8Array) => {
          const disk = new MemoryDisk();
          disk.put(PATH, bytes);
          expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });

  it.each([
    ['begins with a byte order mark', '\uFEFF', ''],
    ['has more bytes than any state', '', ' '.repeat(64 * 1024)],
  ])('calls a file damaged that %s', async (_name, before, after) => {
    const disk = await written();
    disk.put(PATH, before + disk.text(PATH) + after);
    expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
  });

  it('calls a folder in its place damaged', async () => {
    const disk = await written();
    disk.put(PATH, disk.text(PATH) ?? '', { isRegularFile: false });
    expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
  });

  it('calls a file damaged whose checksum is right and whose shape is not', async () => {
    const disk = new MemoryDisk();
    await writeStateFile(disk, PATH, { ...content, extra: 1 });
    expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
  });

  it.each(['facts', 'read'] as const)('calls a file damaged that fails at %s', async (step) => {
    const disk = await written();
    disk.fault = failing('EIO', step);
    expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'damaged' });
  });

  it.each(['facts', 'read'] as const)(
    'does not take a disk that fails at %s for a damaged file, where that matters',
    async (step) => {
      const disk = await written();
      disk.fault = failing('EIO', step);
      await expect(readStateFileOrThrow(disk, PATH, schema)).rejects.toThrow('EIO');
      disk.fault = () => undefined;
      disk.put(PATH, '{');
      expect(await readStateFileOrThrow(disk, PATH, schema)).toEqual({ kind: 'damaged' });
    },
  );

  it('says when the disk refused a write, and leaves what was there', async () => {
    const disk = await written();
    disk.fault = failing('ENOSPC', 'replace');
    expect(await writeStateFile(disk, PATH, { ...content, word: 'new' })).toBe(false);
    expect(await readStateFile(disk, PATH, schema)).toEqual({ kind: 'intact', content });
  });

  it('REC-04: sets files aside one after another without losing any', async () => {
    const disk = new MemoryDisk();
    for (const text of ['first', 'second', 'third']) {
      disk.put(PATH, text);
      await setAside(disk, PATH);
    }
    expect(disk.names()).toEqual(['state.json.kept-1', 'state.json.kept-2', 'state.json.kept-3']);
    expect(disk.text(`${PATH}.kept-3`)).toBe('third');
  });

  it('sets nothing aside when all names are taken or the disk refuses', async () => {
    const disk = await written();
    disk.fault = failing('EROFS', 'rename');
    expect(await setAside(disk, PATH)).toBeNull();
    disk.fault = () => undefined;
    for (let number = 1; number <= 99; number += 1) disk.put(`${PATH}.kept-${number}`, '');
    expect(await setAside(disk, PATH)).toBeNull();
    expect(await readStateFile(disk, PATH, schema)).toMatchObject({ kind: 'intact' });
  });
});
