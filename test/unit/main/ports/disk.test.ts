/** The Disk port over the system's own calls: which come in which order, and what is left where the n-th fails. */
import * as nodeFiles from 'node:fs/promises';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk, systemDisk, type FileCalls } from '../../../../main/ports/disk.ts';
import { diskError } from '../../../support/memory-disk.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mark-id-disk-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

type Before = (call: string) => void;

/** A file handle whose calls are told beforehand. */
const watched = (
  handle: nodeFiles.FileHandle,
  name: string,
  before: Before,
): nodeFiles.FileHandle =>
  new Proxy(handle, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (key !== 'close') before(`${String(key)} ${name}`);
        return Reflect.apply(value, target, args);
      };
    },
  });

/** The system's calls, each told before it is made; what is told may throw in its place. */
const callsWith = (before: Before): FileCalls => ({
  ...nodeFiles,
  open: async (path, flags, mode) => {
    const name = basename(String(path));
    before(`open ${name}`);
    return watched(await nodeFiles.open(path, flags, mode), name, before);
  },
  rename: async (from, to) => {
    before(`rename ${basename(String(from))} ${basename(String(to))}`);
    await nodeFiles.rename(from, to);
  },
  chmod: async (path, mode) => {
    before(`chmod ${basename(String(path))}`);
    await nodeFiles.chmod(path, mode);
  },
});

const old = Buffer.from('what was there before');
/** More than one write call's worth, and more than one flush's. */
const chunks = [...[1, 2, 3, 4, 5].map((n) => Buffer.alloc(1_100_000, n)), Buffer.from('the end')];
const fresh = Buffer.concat(chunks);

describe('REC-01 replacing a file', () => {
  it('writes it whole under another name, syncs it, renames it, and syncs the folder', async () => {
    const calls: string[] = [];
    const disk = createDisk(callsWith((call) => calls.push(call)));
    await disk.replace(join(root, 'a'), [Buffer.from('x')]);
    expect(calls).toEqual([
      'open a.new',
      'writev a.new',
      'datasync a.new',
      'chmod a.new',
      'rename a.new a',
      `open ${basename(root)}`,
      `sync ${basename(root)}`,
    ]);
  });

  it.each(['with', 'without'])(
    'leaves the old content or the new, whole and alone, whichever call fails (%s an old one)',
    async (has) => {
      const path = join(root, 'a');
      let isCalled = true;
      for (let n = 1; isCalled; n += 1) {
        rmSync(path, { force: true });
        if (has === 'with') writeFileSync(path, old);
        let seen = 0;
        const disk = createDisk(
          callsWith(() => {
            seen += 1;
            if (seen === n) throw diskError('ENOSPC');
          }),
        );
        const failed = await disk.replace(path, chunks).then(
          () => false,
          () => true,
        );
        isCalled = seen >= n;
        expect(failed).toBe(isCalled);
        const left = readdirSync(root);
        const isThere = left.includes('a');
        expect(left).toEqual(isThere ? ['a'] : []);
        if (!failed) expect(readFileSync(path).equals(fresh)).toBe(true);
        else if (isThere) expect([fresh, old].some((b) => b.equals(readFileSync(path)))).toBe(true);
        else expect(has).toBe('without');
      }
    },
  );

  it('goes on where the system wrote less than it was given', async () => {
    const disk = createDisk({
      ...nodeFiles,
      open: async (path, flags, mode) => {
        const handle = await nodeFiles.open(path, flags, mode);
        const write = handle.write.bind(handle);
        const slow = (bytes: Uint8Array) => write(bytes.subarray(0, 300_001));
        return Object.assign(handle, { write: slow });
      },
    });
    await disk.replace(join(root, 'a'), chunks);
    expect(readFileSync(join(root, 'a')).equals(fresh)).toBe(true);
  });

  it('keeps files and folders from other accounts', async () => {
    const path = join(root, 'one', 'two', 'a');
    await systemDisk.replace(path, chunks);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'one')).mode & 0o777).toBe(0o700);
  });

  it('takes nothing from chunks that can not all be made', async () => {
    const broken = function* (): Generator<Uint8Array> {
      yield Buffer.from('half');
      throw new RangeError('no more');
    };
    await expect(systemDisk.replace(join(root, 'a'), broken())).rejects.toThrow('no more');
    expect(readdirSync(root)).toEqual([]);
  });
});

describe('a folder', () => {
  it('REC-01 is synced into each one above it when it is made, and not again', async () => {
    const calls: string[] = [];
    const disk = createDisk(callsWith((call) => calls.push(call)));
    await disk.makeFolder(join(root, 'one', 'two'));
    expect(calls).toEqual([
      'open one',
      'sync one',
      `open ${basename(root)}`,
      `sync ${basename(root)}`,
    ]);
    await disk.makeFolder(join(root, 'one', 'two'));
    expect(calls).toHaveLength(4);
  });

  it('lists its names, none where it is missing, and goes with all it holds', async () => {
    const folder = join(root, 'one');
    expect(await systemDisk.list(folder)).toEqual([]);
    await systemDisk.replace(join(folder, 'a'), chunks);
    expect(await systemDisk.list(folder)).toEqual(['a']);
    await systemDisk.removeFolder(folder);
    await systemDisk.removeFolder(folder);
    expect(readdirSync(root)).toEqual([]);
  });

  it('says what is free where it lies, and fails where it does not exist', async () => {
    expect(await systemDisk.freeBytes(root)).toBeGreaterThan(0);
    await expect(systemDisk.freeBytes(join(root, 'gone'))).rejects.toThrow('ENOENT');
  });
});

describe('a file', () => {
  it('gives any part of it, and says where it ends before', async () => {
    writeFileSync(join(root, 'a'), 'abcdefgh');
    const file = await systemDisk.open(join(root, 'a'));
    if (file === null) throw new Error('it is there');
    const target = Buffer.alloc(3);
    expect(file.sizeBytes).toBe(8);
    expect(await file.read(target, 2)).toBe(true);
    expect(target.toString()).toBe('cde');
    expect(await file.read(target, 6)).toBe(false);
    expect(await file.read(target, 99)).toBe(false);
    await file.close();
  });

  it('that is missing is null, and one that can not be reached is a failure', async () => {
    const missing = join(root, 'gone');
    expect(await systemDisk.open(missing)).toBeNull();
    expect(await systemDisk.read(missing)).toBeNull();
    expect(await systemDisk.facts(missing)).toBeNull();
    await systemDisk.remove(missing);
    writeFileSync(join(root, 'a'), '');
    for (const asked of ['open', 'read', 'facts'] as const)
      await expect(systemDisk[asked](join(root, 'a', 'b'))).rejects.toThrow('ENOTDIR');
  });

  it('REC-01 has its new name durably once it was renamed', async () => {
    const calls: string[] = [];
    const disk = createDisk(callsWith((call) => calls.push(call)));
    writeFileSync(join(root, 'a'), 'x');
    await disk.rename(join(root, 'a'), join(root, 'b'));
    expect(calls).toEqual(['rename a b', `open ${basename(root)}`, `sync ${basename(root)}`]);
  });
});
