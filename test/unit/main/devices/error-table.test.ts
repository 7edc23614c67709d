/** What the operator is told (scanners.md): each row as each driver sees it, and its words. */
import { describe, expect, it } from 'vitest';
import type { ScannerErrorCode } from '../../../../preload/contract/error-codes.ts';
import messages from '../../../../renderer/i18n/messages/en.json' with { type: 'json' };
import { answer, type EsclMachine, type Interference } from '../../../device/escl-machine.ts';
import { diskError } from '../../../support/memory-disk.ts';
import { half } from '../../../support/scan-pages.ts';
import type { Ending } from '../../../support/scripted-scanimage.ts';
import { esclBench, GLASS, saneBench, sanePage, STACK } from './scan-bench.ts';

const words = new Map<string, string>(Object.entries(messages));

/** The row's own words, as the table gives them. */
const WORDS: readonly [code: ScannerErrorCode, words: string][] = [
  ['SCANNER_NONE_FOUND', 'No scanner found; check cable and power'],
  ['SCANNER_UNREACHABLE', 'Scanner not answering; switch it on'],
  ['SCANNER_FEEDER_EMPTY', 'Put the document in the feeder'],
  ['SCANNER_JAMMED', 'Remove the paper and scan again; pages so far are kept'],
  ['SCANNER_COVER_OPEN', 'Close the cover'],
  ['SCANNER_BUSY', 'Scanner in use'],
  ['SCANNER_ACCESS_DENIED', 'Call support: scanner permission'],
  ['SCANNER_INTERRUPTED', 'Scan interrupted; try again'],
  ['SCANNER_PICTURE_INCOMPLETE', 'Picture incomplete; scan again'],
  ['SCANNER_STORAGE_FULL', 'Storage full; call support'],
  ['SCANNER_STOPPED_ANSWERING', 'Scanner stopped answering'],
  ['SCANNER_CANCELLED', 'Cancelled'],
];

it.each(WORDS)('says of %s: %s', (code, text) => {
  expect(words.get(`error.${code}.staff`)).toContain(text);
});

const exit = (exitCode: number, stderr = ''): Ending => ({ kind: 'exit', exitCode, stderr });

describe('SANE', () => {
  it('tells an empty list from missing software', async () => {
    const bench = await saneBench();
    bench.scanimage.listing = '';
    await bench.search();
    expect(bench.service.scanners()).toMatchObject({ scanners: [], code: 'SCANNER_NONE_FOUND' });
    bench.scanimage.ending = () => ({ kind: 'missing' });
    await bench.search();
    expect(bench.service.scanners().code).toBe('SCANNER_SOFTWARE_MISSING');
  });

  const opening = (reason: string): Ending =>
    exit(1, `scanimage: open of device test:0 failed: ${reason}\n`);

  it.each<[ending: Ending, code: ScannerErrorCode]>([
    [opening('Invalid argument'), 'SCANNER_UNREACHABLE'],
    [opening('Error during device I/O'), 'SCANNER_UNREACHABLE'],
    [opening('Device busy'), 'SCANNER_BUSY'],
    [opening('Access to resource has been denied'), 'SCANNER_ACCESS_DENIED'],
    [exit(0), 'SCANNER_INTERRUPTED'],
    [exit(0, 'scanimage: received signal 13\nscanimage: aborting\n'), 'SCANNER_INTERRUPTED'],
    [exit(2), 'SCANNER_CANCELLED'],
    [exit(3), 'SCANNER_BUSY'],
    [exit(4), 'SCANNER_UNSUPPORTED'],
    [exit(6), 'SCANNER_JAMMED'],
    [exit(7), 'SCANNER_FEEDER_EMPTY'],
    [exit(8), 'SCANNER_COVER_OPEN'],
    [exit(9), 'SCANNER_INTERRUPTED'],
    [exit(10), 'SCANNER_INTERRUPTED'],
    [exit(11), 'SCANNER_ACCESS_DENIED'],
    [exit(134, 'libpng error: Write Error\n'), 'SCANNER_STORAGE_FULL'],
    [
      { kind: 'killed', by: 'SIGABRT', stderr: 'libpng error: Write Error\n' },
      'SCANNER_STORAGE_FULL',
    ],
    [{ kind: 'killed', by: 'SIGSEGV', stderr: '' }, 'SCANNER_INTERRUPTED'],
    [{ kind: 'hang' }, 'SCANNER_STOPPED_ANSWERING'],
    [{ kind: 'flood' }, 'SCANNER_NOT_UNDERSTOOD'],
    [{ kind: 'missing' }, 'SCANNER_SOFTWARE_MISSING'],
  ])('on the glass, %o is %s, and nothing is left', async (ending, code) => {
    const bench = await saneBench(1);
    bench.scanimage.ending = (question) => (question === 'scan' ? ending : null);
    expect(await bench.scan(bench.id, GLASS)).toEqual({ pages: [], code });
    expect(bench.disk.names()).toEqual([]);
  });

  const SAID: readonly [words: string, code: ScannerErrorCode][] = [
    ['Operation not supported', 'SCANNER_UNSUPPORTED'],
    ['Operation was canceled', 'SCANNER_CANCELLED'],
    ['Device busy', 'SCANNER_BUSY'],
    ['Invalid argument', 'SCANNER_UNSUPPORTED'],
    ['Document feeder jammed', 'SCANNER_JAMMED'],
    ['Document feeder out of documents', 'SCANNER_FEEDER_EMPTY'],
    ['Scanner cover is open', 'SCANNER_COVER_OPEN'],
    ['Error during device I/O', 'SCANNER_INTERRUPTED'],
    ['Out of memory', 'SCANNER_INTERRUPTED'],
    ['Access to resource has been denied', 'SCANNER_ACCESS_DENIED'],
  ];

  it.each(SAID.flatMap(([words, code]) => ['start', 'read'].map((when) => [when, words, code])))(
    'believes what scanimage said of sane_%s, %s, when a signal then ends it with 0 or it hangs: %s',
    async (when, words, code) => {
      const stderr = `Scanning page 1\nProgress: 0.0%\rscanimage: sane_${when}: ${words}\n`;
      const signal = `${stderr}scanimage: received signal 13\nscanimage: aborting\n`;
      for (const ending of [exit(0, signal), { kind: 'hang', stderr } as const]) {
        const bench = await saneBench(1);
        bench.scanimage.ending = (question) => (question === 'scan' ? ending : null);
        expect(await bench.scan(bench.id, GLASS)).toEqual({ pages: [], code });
        expect(bench.disk.names()).toEqual([]);
      }
    },
  );

  it('calls a stack whole whose empty feeder was told before scanimage hung', async () => {
    const bench = await saneBench(2);
    const stderr = 'scanimage: sane_start: Document feeder out of documents\n';
    bench.scanimage.ending = (question) => (question === 'scan' ? { kind: 'hang', stderr } : null);
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect([code, pages.length]).toEqual([null, 2]);
  });

  it('calls a batch without a file an empty feeder', async () => {
    const bench = await saneBench(0);
    expect(await bench.scan(bench.id, STACK)).toEqual({ pages: [], code: 'SCANNER_FEEDER_EMPTY' });
  });

  it.each([6, 9])(
    'keeps the pages before a jam in the middle of a stack, exit %i',
    async (code) => {
      const bench = await saneBench(2);
      bench.scanimage.ending = (question) => (question === 'scan' ? exit(code) : null);
      const outcome = await bench.scan(bench.id, STACK);
      expect(outcome.code).toBe('SCANNER_JAMMED');
      expect(outcome.pages).toHaveLength(2);
      expect(bench.disk.names()).toEqual([]);
    },
  );

  it('finds the picture incomplete that scanimage called good', async () => {
    const bench = await saneBench();
    bench.scanimage.pages = [half(await sanePage())];
    expect(await bench.scan(bench.id, GLASS)).toEqual({
      pages: [],
      code: 'SCANNER_PICTURE_INCOMPLETE',
    });
    expect(bench.disk.names()).toEqual([]);
  });

  it('calls storage full where no folder can be made', async () => {
    const bench = await saneBench(1);
    bench.disk.fault = (operation) => {
      if (operation === 'makeFolder') throw diskError('ENOSPC');
    };
    expect((await bench.scan(bench.id, GLASS)).code).toBe('SCANNER_STORAGE_FULL');
  });
});

describe('eSCL', () => {
  const at =
    (route: string, reply: ReturnType<Interference>): Interference =>
    (asked) =>
      asked === route ? reply : null;

  const trouble =
    (feederTrouble: string) =>
    (machine: EsclMachine): void => {
      machine.feederTrouble = feederTrouble;
    };

  it.each<[what: string, cause: (machine: EsclMachine) => void, code: ScannerErrorCode]>([
    ['unplugged', (machine) => (machine.isPlugged = false), 'SCANNER_UNREACHABLE'],
    ['an empty feeder', (machine) => (machine.sheets = 0), 'SCANNER_FEEDER_EMPTY'],
    ['a jam', trouble('ScannerAdfJam'), 'SCANNER_JAMMED'],
    ['a mispick', trouble('ScannerAdfMispick'), 'SCANNER_JAMMED'],
    ['an open door', trouble('ScannerAdfDoorOpen'), 'SCANNER_COVER_OPEN'],
    ['an open hatch', trouble('ScannerAdfHatchOpen'), 'SCANNER_COVER_OPEN'],
    ['503', (machine) => (machine.interfere = at('jobs', answer(503))), 'SCANNER_BUSY'],
    [
      '503 for a page',
      (machine) => (machine.interfere = at('document', answer(503))),
      'SCANNER_BUSY',
    ],
    ['401', (machine) => (machine.interfere = at('jobs', answer(401))), 'SCANNER_ACCESS_DENIED'],
    ['403', (machine) => (machine.interfere = at('jobs', answer(403))), 'SCANNER_ACCESS_DENIED'],
    ['400', (machine) => (machine.interfere = at('jobs', answer(400))), 'SCANNER_UNSUPPORTED'],
    ['500', (machine) => (machine.interfere = at('jobs', answer(500))), 'SCANNER_INTERRUPTED'],
    [
      '500 for a page',
      (machine) => (machine.interfere = at('document', answer(500))),
      'SCANNER_INTERRUPTED',
    ],
    [
      'a redirect',
      (machine) => (machine.interfere = at('jobs', answer(302))),
      'SCANNER_NOT_UNDERSTOOD',
    ],
    [
      'no location',
      (machine) => (machine.interfere = at('jobs', answer(201))),
      'SCANNER_NOT_UNDERSTOOD',
    ],
    [
      'garbage',
      (machine) => (machine.interfere = at('document', { kind: 'garbage' })),
      'SCANNER_NOT_UNDERSTOOD',
    ],
    [
      'silence',
      (machine) => (machine.interfere = at('document', { kind: 'silence' })),
      'SCANNER_STOPPED_ANSWERING',
    ],
    [
      'an endless page',
      (machine) => (machine.interfere = at('document', { kind: 'endless' })),
      'SCANNER_TOO_LARGE',
    ],
  ])('tells %s', async (_what, cause, code) => {
    const bench = await esclBench(1);
    cause(bench.machine);
    expect(await bench.scan(bench.id, STACK)).toEqual({ pages: [], code });
  });

  it('keeps the pages before a jam', async () => {
    const bench = await esclBench(4);
    bench.machine.interfere = (route, count) => {
      if (route === 'document' && count === 2) bench.machine.feederTrouble = 'ScannerAdfJam';
      return null;
    };
    const outcome = await bench.scan(bench.id, STACK);
    expect(outcome.code).toBe('SCANNER_JAMMED');
    expect(outcome.pages).toHaveLength(2);
  });
});

it('tells a cancelled scan at once, with the pages it has', async () => {
  for (const bench of [await esclBench(2), await saneBench(2)]) {
    if ('machine' in bench)
      bench.machine.interfere = (route, count) =>
        route === 'document' && count === 1 ? { kind: 'silence' } : null;
    else bench.scanimage.ending = (question) => (question === 'scan' ? { kind: 'hang' } : null);
    const running = bench.begin(bench.id, STACK);
    await expect.poll(running.pageCount).toBeGreaterThan(0);
    const beforeMs = bench.clock.monotonicMs();
    running.cancel();
    const { code, pages } = await running.outcome;
    expect(code).toBe('SCANNER_CANCELLED');
    expect(pages.length).toBeGreaterThan(0);
    expect(bench.clock.monotonicMs()).toBe(beforeMs);
  }
});
