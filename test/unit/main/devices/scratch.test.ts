/** The folder pages pass through, on a real disk. */
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCAN_LIMITS } from '../../../../main/devices/scanner-driver.ts';
import { Scratch } from '../../../../main/devices/scratch.ts';
import { systemDisk } from '../../../../main/ports/disk.ts';
import { memoryFolder } from '../../../../main/ports/memory-folder.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { diskError, MemoryDisk } from '../../../support/memory-disk.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mark-id-scratch-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const scratchAt = (folder: string): Scratch =>
  new Scratch({ disk: systemDisk, random: systemRandom, folder });

describe('SEC-21 the scratch folder', () => {
  it('hands over a page with the last copy of it, and leaves nothing of a job', async () => {
    const scratch = scratchAt(join(root, 'pages'));
    const job = await scratch.openJob();
    await writeFile(join(job.path, 'p001.png'), 'a page');
    await writeFile(join(job.path, 'p002.png.part'), 'half a page');
    const taken = await job.take('p001.png');
    expect(taken?.ok === true && Buffer.from(taken.value).toString()).toBe('a page');
    expect(await job.names()).toEqual(['p002.png.part']);
    expect(await job.take('p003.png')).toBeNull();
    await job.close();
    expect(await readdir(join(root, 'pages'))).toEqual([]);
  });

  it('gives each job a folder of its own that only this user can enter', async () => {
    const scratch = scratchAt(join(root, 'pages'));
    const [one, other] = [await scratch.openJob(), await scratch.openJob()];
    expect(one.path).not.toBe(other.path);
    if (process.platform !== 'win32') expect((await stat(one.path)).mode & 0o777).toBe(0o700);
  });

  it('destroys at its start what a crash left, whatever it is', async () => {
    const left = join(root, 'pages', 'of-a-crash');
    await mkdir(join(left, 'deeper'), { recursive: true });
    await writeFile(join(left, 'p001.png'), 'somebody');
    await writeFile(join(root, 'precious'), 'not ours');
    await symlink(join(root, 'precious'), join(left, 'link'));
    await scratchAt(join(root, 'pages')).wipe();
    expect(await readdir(join(root, 'pages'))).toEqual([]);
    expect(await readFile(join(root, 'precious'), 'utf8')).toBe('not ours');
  });

  it('overwrites a file before it removes it', async () => {
    const path = join(root, 'page');
    await writeFile(path, 'somebody’s face');
    const { ino } = await stat(path);
    const handle = await open(path, 'r');
    await systemDisk.shred(path);
    expect((await handle.stat()).ino).toBe(ino);
    expect((await handle.readFile()).every((byte) => byte === 0)).toBe(true);
    await handle.close();
    await systemDisk.shred(path);
  });

  it('refuses a file larger than a page may be without reading it', async () => {
    const job = await scratchAt(root).openJob();
    const handle = await open(join(job.path, 'p'), 'w');
    await handle.truncate(SCAN_LIMITS.pageBytes + 1);
    await handle.close();
    expect(await job.take('p')).toEqual({ ok: false, error: { code: 'SCANNER_TOO_LARGE' } });
  });

  it('removes the folder even where a file of it can’t be overwritten', async () => {
    const disk = new MemoryDisk();
    const job = await new Scratch({ disk, random: systemRandom, folder: '/s' }).openJob();
    disk.put(`${job.path}/p001.png`, 'page');
    disk.fault = (operation) => {
      if (operation === 'shred') throw diskError('EIO');
    };
    await job.close();
    expect(disk.names()).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a folder in memory', () => {
  it('is ours alone, and the same one the next time', async () => {
    const path = await memoryFolder('pages', root);
    expect(path).toContain(root);
    expect((await stat(path ?? '')).mode & 0o777).toBe(0o700);
    expect(await memoryFolder('pages', root)).toBe(path);
  });

  it('is none where another took the name, by a file, a link or an open folder', async () => {
    const userId = process.getuid?.();
    await writeFile(join(root, `file-${userId}`), '');
    await symlink(root, join(root, `link-${userId}`));
    await mkdir(join(root, `open-${userId}`), { mode: 0o755 });
    for (const name of ['file', 'link', 'open']) expect(await memoryFolder(name, root)).toBeNull();
    expect(await memoryFolder('pages', join(root, 'nowhere'))).toBeNull();
  });
});
