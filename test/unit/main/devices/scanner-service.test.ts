/** Who may scan when, what is tried again, and what a desk is told meanwhile. */
import { describe, expect, it } from 'vitest';
import {
  SCAN_LIMITS,
  type ScannedPage,
  type ScannerDriver,
} from '../../../../main/devices/scanner-driver.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { answer, type EsclRoute } from '../../../device/escl-machine.ts';
import {
  driverWith,
  esclBench,
  GLASS,
  makeBench,
  saneBench,
  STACK,
  untilDone,
  PLAIN_ID as ID,
  plainPage as page,
} from './scan-bench.ts';

describe('one device', () => {
  it('has one job at a time: a second press is told that it is in use, and starts nothing', async () => {
    const bench = await saneBench(1);
    bench.scanimage.ending = (question) => (question === 'scan' ? { kind: 'hang' } : null);
    const running = bench.begin(bench.id, GLASS);
    expect(await bench.begin(bench.id, GLASS).outcome).toEqual({
      pages: [],
      code: 'SCANNER_BUSY',
    });
    running.cancel();
    await running.outcome;
    const scans = bench.scanimage.requests.filter(({ args }) => args.includes('--progress'));
    expect(scans.length).toBeLessThanOrEqual(1);
  });

  it('lets the next job wait for a cancelled one to let go, without a word to the scanner before', async () => {
    const letGo = Promise.withResolvers<undefined>();
    const order: string[] = [];
    const bench = makeBench(() => [
      driverWith({
        async *scan(_id, _job, { signal }) {
          order.push('begins');
          if (order.length === 1) await letGo.promise;
          order.push(signal.aborted ? 'lets go' : 'scans');
          yield ok(page());
        },
      }),
    ]);
    const first = bench.begin(ID, GLASS);
    await bench.clock.advance(0);
    first.cancel();
    expect((await first.outcome).code).toBe('SCANNER_CANCELLED');
    const second = bench.begin(ID, GLASS);
    await bench.clock.advance(1000);
    expect(order).toEqual(['begins']);
    letGo.resolve(undefined);
    expect((await second.outcome).code).toBeNull();
    expect(order).toEqual(['begins', 'lets go', 'begins', 'scans']);
  });

  it('lets a scan wait for what the scanner is just asked, and asks but once', async () => {
    const offered = Promise.withResolvers<Awaited<ReturnType<ScannerDriver['capabilities']>>>();
    let asked = 0;
    const bench = makeBench(() => [
      driverWith({
        capabilities: () => {
          asked += 1;
          return offered.promise;
        },
      }),
    ]);
    const answers = [bench.service.capabilities(ID), bench.service.capabilities(ID)];
    const running = bench.begin(ID, GLASS);
    await bench.clock.advance(1000);
    expect(running.pageCount()).toBe(0);
    offered.resolve(fail('SCANNER_UNREACHABLE'));
    expect(await Promise.all(answers)).toEqual(Array(2).fill(fail('SCANNER_UNREACHABLE')));
    expect(await running.outcome).toMatchObject({ code: null, pages: [{}] });
    expect(asked).toBe(1);
  });

  it('does not hold up another device', async () => {
    const bench = makeBench(() => [
      driverWith({}),
      driverWith({ kind: 'folder', scan: (_id, _job, { signal }) => untilAborted(signal) }),
    ]);
    const waiting = bench.begin('folder-0123456789abcdef', GLASS);
    expect((await bench.begin(ID, GLASS).outcome).code).toBeNull();
    waiting.cancel();
    await waiting.outcome;
  });

  it('is let go when the kiosk stops, and the job is cancelled', async () => {
    const bench = await esclBench(1);
    bench.machine.interfere = (route) => (route === 'document' ? { kind: 'silence' } : null);
    const running = bench.begin(bench.id, STACK);
    await expect.poll(() => bench.machine.openJobs).toBe(1);
    await bench.service.stop();
    expect((await running.outcome).code).toBe('SCANNER_CANCELLED');
    expect(bench.machine.openJobs).toBe(0);
  });
});

const untilAborted = async function* (
  signal: AbortSignal,
): AsyncGenerator<ReturnType<typeof ok<ScannedPage>>> {
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  yield ok(page());
};

describe('a scan', () => {
  it('waits for a busy scanner, says so, and scans when it is free', async () => {
    const bench = await esclBench(1);
    bench.machine.interfere = (route, count) =>
      route === 'jobs' && count < 3 ? answer(503) : null;
    const running = bench.begin(bench.id, STACK);
    const { code, pages } = await untilDone(bench.clock, running.outcome);
    expect([code, pages.length]).toEqual([null, 1]);
    expect(running.progress.filter(({ phase }) => phase === 'waiting')).toHaveLength(3);
  });

  it.each<EsclRoute>(['jobs', 'document'])(
    'gives up a scanner that stays busy after ten tries of a second, wherever it says so: %s',
    async (busy) => {
      const bench = await esclBench(1);
      bench.machine.interfere = (route) => (route === busy ? answer(503) : null);
      const beforeMs = bench.clock.monotonicMs();
      expect((await bench.scan(bench.id, STACK)).code).toBe('SCANNER_BUSY');
      const tries = bench.machine.journal.filter(({ route }) => route === busy);
      expect(tries).toHaveLength(11);
      expect(bench.clock.monotonicMs() - beforeMs).toBeLessThan(11_000);
    },
  );

  it('looks once for a scanner that can’t be opened, and finds it at its new address', async () => {
    const bench = await saneBench(1);
    bench.scanimage.listing = bench.scanimage.listing.replace('test:0', 'test:7');
    bench.scanimage.ending = (_question, count) =>
      bench.scanimage.requests.at(-1)?.args.includes('--device-name=test:0') === true && count >= 0
        ? { kind: 'exit', exitCode: 1, stderr: 'open of device test:0 failed: Invalid argument\n' }
        : null;
    expect((await bench.scan(bench.id, GLASS)).code).toBeNull();
    expect(bench.scanimage.requests.at(-1)?.args).toContain('--device-name=test:7');
  });

  it('does not try again once a page is there: paper never goes through twice', async () => {
    let scans = 0;
    const bench = makeBench(() => [
      driverWith({
        async *scan() {
          scans += 1;
          yield ok(page());
          yield fail('SCANNER_UNREACHABLE');
        },
      }),
    ]);
    const outcome = await bench.scan(ID, STACK);
    expect([outcome.code, outcome.pages.length, scans]).toEqual(['SCANNER_UNREACHABLE', 1, 1]);
  });

  it('ends a stack of too many pages, and keeps those it may have', async () => {
    const bench = await esclBench(SCAN_LIMITS.pages + 5);
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect([code, pages.length]).toEqual(['SCANNER_TOO_LARGE', SCAN_LIMITS.pages]);
    expect(bench.machine.openJobs).toBe(0);
  });

  it('ends a stack of too many bytes', async () => {
    const bench = makeBench(() => [
      driverWith({
        async *scan() {
          for (;;) yield ok(page(SCAN_LIMITS.jobBytes / 4));
        },
      }),
    ]);
    const { code, pages } = await bench.scan(ID, STACK);
    expect([code, pages.length]).toEqual(['SCANNER_TOO_LARGE', 4]);
  });

  it('is given up when it shows no sign of life, sooner once it has begun', async () => {
    const bench = await esclBench(2);
    bench.machine.interfere = (route, count) =>
      route === 'document' && count === 1 ? { kind: 'silence' } : null;
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect([code, pages.length]).toEqual(['SCANNER_STOPPED_ANSWERING', 1]);
    const spentMs = bench.clock.monotonicMs();
    expect(spentMs).toBeGreaterThanOrEqual(SCAN_LIMITS.silenceMs);
    expect(spentMs).toBeLessThan(SCAN_LIMITS.firstSignMs);
  });

  it('asks for grey where colour is refused, and tells so', async () => {
    const bench = await esclBench(1);
    bench.machine.interfere = (route, count) =>
      route === 'jobs' && count === 0 ? answer(409) : null;
    const running = bench.begin(bench.id, GLASS);
    const { code, pages } = await untilDone(bench.clock, running.outcome);
    expect([code, pages[0]?.isGrey]).toEqual([null, true]);
    expect(running.progress).toContainEqual({ phase: 'grey-instead' });
  });

  it('writes down that it ended, and nothing of what was scanned', async () => {
    const bench = await esclBench(1);
    await bench.scan(bench.id, STACK);
    expect(bench.events).toEqual([
      {
        event: 'scanner.scan-finished',
        kind: 'escl',
        source: 'feeder',
        pageCount: 1,
        durationMs: expect.any(Number),
        code: null,
      },
    ]);
  });

  it('of an id that no driver has is not answered', async () => {
    const bench = await saneBench();
    for (const id of ['escl-0123456789abcdef', 'sane-0000000000000000', '../../etc', ''])
      expect((await bench.scan(id, GLASS)).code).toBe('SCANNER_UNREACHABLE');
  });
});

describe('what a scanner offers', () => {
  it('is asked once per search', async () => {
    const bench = await esclBench();
    const asked = (): number =>
      bench.machine.journal.filter(({ route }) => route === 'capabilities').length;
    const before = asked();
    const [one, other] = [
      await bench.service.capabilities(bench.id),
      await bench.service.capabilities(bench.id),
    ];
    expect(one).toEqual(other);
    expect(one).toMatchObject({
      value: {
        sources: [{ source: 'platen' }, { source: 'feeder' }, { source: 'duplex' }],
        resolutionsDpi: [75, 100, 200, 300, 600],
        colours: ['colour', 'grey'],
      },
    });
    expect(asked()).toBe(before + 1);
  });

  it('is not asked while the scanner scans', async () => {
    const bench = await saneBench(1);
    bench.scanimage.ending = (question) => (question === 'scan' ? { kind: 'hang' } : null);
    const running = bench.begin(bench.id, GLASS);
    expect(await bench.service.capabilities(bench.id)).toEqual(fail('SCANNER_BUSY'));
    running.cancel();
    await running.outcome;
  });
});
