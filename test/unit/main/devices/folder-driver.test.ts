/** The vendor's program drops files; each is taken when it is whole, and destroyed. */
import { describe, expect, it } from 'vitest';
import { FolderDriver } from '../../../../main/devices/folder/folder-driver.ts';
import { brokenPages, half, jpegPage } from '../../../support/scan-pages.ts';
import { diskError, MemoryDisk } from '../../../support/memory-disk.ts';
import { GLASS, makeBench, STACK, untilDone, type ScanBench } from './scan-bench.ts';

const FOLDER = '/drop';
const page = await jpegPage({ widthPx: 300, heightPx: 200 });

interface FolderBench extends ScanBench {
  readonly id: string;
}

const folderBench = async (): Promise<FolderBench> => {
  const disk = new MemoryDisk();
  disk.put(FOLDER, '');
  const bench = makeBench(({ clock }) => [new FolderDriver({ disk, clock, folder: FOLDER })], disk);
  const [id = ''] = await bench.search();
  return { ...bench, id };
};

const left = (bench: ScanBench): string[] => bench.disk.names(FOLDER);

const broken = await brokenPages();

describe('a drop folder', () => {
  it('is a scanner as long as the folder is there', async () => {
    const disk = new MemoryDisk();
    const bench = makeBench(
      ({ clock }) => [new FolderDriver({ disk, clock, folder: FOLDER })],
      disk,
    );
    expect(await bench.search()).toEqual([]);
    disk.put(FOLDER, '');
    expect(await bench.search()).toHaveLength(1);
  });

  it('gives a file once it has stopped growing and decodes whole, and destroys it', async () => {
    const bench = await folderBench();
    const running = bench.begin(bench.id, GLASS);
    await bench.clock.advance(1000);
    bench.disk.put(`${FOLDER}/scan.jpg`, half(page));
    await bench.clock.advance(2000);
    expect(running.pageCount()).toBe(0);
    expect(left(bench)).toEqual(['scan.jpg']);
    bench.disk.put(`${FOLDER}/scan.jpg`, page);
    const { code, pages } = await untilDone(bench.clock, running.outcome);
    expect([code, pages.length]).toEqual([null, 1]);
    expect(left(bench)).toEqual([]);
  });

  it('takes a stack file by file, in the order of their names, until nothing more comes', async () => {
    const bench = await folderBench();
    const running = bench.begin(bench.id, STACK);
    await bench.clock.advance(500);
    bench.disk.put(`${FOLDER}/b.png`, page);
    bench.disk.put(`${FOLDER}/a.JPG`, page);
    await expect
      .poll(async () => {
        await bench.clock.advance(250);
        return running.pageCount();
      })
      .toBe(2);
    bench.disk.put(`${FOLDER}/c.jpeg`, page);
    const { code, pages } = await untilDone(bench.clock, running.outcome);
    expect([code, pages.length]).toEqual([null, 3]);
    expect(left(bench)).toEqual([]);
  });

  it('destroys what lay there before unread: it is another customer’s', async () => {
    const bench = await folderBench();
    bench.disk.put(`${FOLDER}/old.jpg`, page);
    bench.disk.put(`${FOLDER}/old.pdf`, 'a bill');
    bench.disk.put(`${FOLDER}/notes.txt`, 'not a scan');
    const running = bench.begin(bench.id, GLASS);
    await bench.clock.advance(1000);
    expect(left(bench)).toEqual(['notes.txt']);
    expect(running.pageCount()).toBe(0);
    running.cancel();
    expect((await running.outcome).code).toBe('SCANNER_CANCELLED');
  });

  it.each([...broken])('ends at a file that is %s, and destroys it', async (_what, bytes) => {
    const bench = await folderBench();
    const running = bench.begin(bench.id, GLASS);
    await bench.clock.advance(500);
    bench.disk.put(`${FOLDER}/scan.tif`, bytes);
    const { code, pages } = await untilDone(bench.clock, running.outcome);
    expect(pages).toEqual([]);
    expect(code).toMatch(/PICTURE_INCOMPLETE|NOT_UNDERSTOOD|TOO_LARGE/);
    expect(left(bench)).toEqual([]);
  });

  it('gives up when nobody scans, and says that it waits until then', async () => {
    const bench = await folderBench();
    const running = bench.begin(bench.id, GLASS);
    const { code } = await untilDone(bench.clock, running.outcome);
    expect(code).toBe('SCANNER_STOPPED_ANSWERING');
    expect(new Set(running.progress.map(({ phase }) => phase))).toEqual(new Set(['waiting']));
  });

  it('tells a folder that may not be read', async () => {
    const bench = await folderBench();
    bench.disk.fault = (operation) => {
      if (operation === 'list') throw diskError('EACCES');
    };
    expect((await bench.scan(bench.id, GLASS)).code).toBe('SCANNER_ACCESS_DENIED');
  });
});
