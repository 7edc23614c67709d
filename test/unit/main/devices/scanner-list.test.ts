/** Looking for scanners: behind the screen, and never in the way of a scan. */
import { describe, expect, it } from 'vitest';
import { SCAN_LIMITS, type ScannerDriver } from '../../../../main/devices/scanner-driver.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { driverWith, GLASS, makeBench, PLAIN_ID as ID, saneBench } from './scan-bench.ts';

describe('a list of scanners', () => {
  it('is there at once, and fills behind whoever looks at it', async () => {
    const found = Promise.withResolvers<Awaited<ReturnType<ScannerDriver['list']>>>();
    const { service } = makeBench(() => [driverWith({ list: () => found.promise })]);
    await service.start();
    expect(service.scanners()).toEqual({ scanners: [], isSearching: true, code: null });
    found.resolve(ok([{ id: ID, kind: 'sane', name: 'Acme' }]));
    await expect.poll(() => service.scanners().isSearching).toBe(false);
    expect(service.scanners().scanners).toHaveLength(1);
  });

  it('keeps what it had while it searches again, and shows a scanner plugged in meanwhile', async () => {
    const bench = await saneBench();
    bench.service.refresh();
    expect(bench.service.scanners()).toMatchObject({ isSearching: true, scanners: [{}] });
    const twin = bench.scanimage.listing.replace('test:0', 'test:1');
    bench.scanimage.listing += twin;
    const stopWatching = bench.service.watch();
    await bench.clock.advance(10_000);
    await expect.poll(() => bench.service.scanners().scanners.length).toBe(2);
    stopWatching();
    await bench.clock.advance(60_000);
    const asked = bench.scanimage.requests.length;
    await bench.clock.advance(60_000);
    expect(bench.scanimage.requests).toHaveLength(asked);
  });

  it('gives a driver that hangs up after its time, and shows the scanners of the others', async () => {
    const silent = driverWith({
      kind: 'escl',
      list: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(fail('SCANNER_CANCELLED')));
        }),
    });
    const bench = makeBench(() => [silent, driverWith({})]);
    bench.service.refresh();
    await bench.clock.advance(100);
    expect(bench.service.scanners()).toMatchObject({ isSearching: true, scanners: [{ id: ID }] });
    await bench.clock.advance(SCAN_LIMITS.listMs);
    expect(bench.service.scanners().isSearching).toBe(false);
  });

  it('does not search while somebody scans', async () => {
    const bench = await saneBench();
    bench.scanimage.ending = (question) => (question === 'scan' ? { kind: 'hang' } : null);
    const running = bench.begin(bench.id, GLASS);
    bench.service.refresh();
    expect(bench.service.scanners().isSearching).toBe(false);
    running.cancel();
    await running.outcome;
  });

  it('survives a driver with a bug', async () => {
    const broken = driverWith({ kind: 'escl', list: () => Promise.reject(new Error('bug')) });
    const bench = makeBench(() => [broken, driverWith({})]);
    expect(await bench.search()).toEqual([ID]);
  });
});
