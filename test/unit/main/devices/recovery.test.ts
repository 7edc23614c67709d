/** Each state of a device × each fault: a closed code, and five seconds later everything works again. */
import { describe, expect, it } from 'vitest';
import type { ScannerErrorCode } from '../../../../preload/contract/error-codes.ts';
import type { EsclReply, EsclRoute } from '../../../device/escl-machine.ts';
import type { Ending, Question } from '../../../support/scripted-scanimage.ts';
import { esclBench, saneBench, STACK, untilDone, type ScanBench } from './scan-bench.ts';

/** Source: REC-07. Fake time: what the kiosk waits, not what this machine computes. */
const RECOVERY_MS = 5000;

const SHEETS = 2;

const STATES = ['searching', 'asking', 'opening', 'first page', 'next page', 'ending'] as const;
type State = (typeof STATES)[number];

const FAULTS = ['unplug', 'jam', 'cover', 'time-out', 'garbage', 'oversize'] as const;
type Fault = (typeof FAULTS)[number];

const CASES = STATES.flatMap((state) => FAULTS.map((fault) => [state, fault] as const));

/** Pages that are whole before the fault strikes. */
const WHOLE_PAGES: Readonly<Record<State, number>> = {
  searching: 0,
  asking: 0,
  opening: 0,
  'first page': 0,
  'next page': 1,
  ending: SHEETS,
};

interface Rig extends ScanBench {
  readonly id: string;
  readonly strike: () => void;
  readonly repair: () => void;
}

/** Lets the fault strike, then repairs the device, and times the way back to a whole stack. */
const recover = async (rig: Rig, state: State): Promise<ScannerErrorCode | null> => {
  rig.strike();
  if (state === 'searching') await rig.search();
  const { code, pages } = await rig.scan(rig.id, STACK);
  expect(pages).toHaveLength(code === null ? SHEETS : WHOLE_PAGES[state]);
  rig.repair();
  const beforeMs = rig.clock.monotonicMs();
  const again = await rig.scan(rig.id, STACK);
  expect(again.code).toBeNull();
  expect(again.pages).toHaveLength(SHEETS);
  expect(rig.clock.monotonicMs() - beforeMs).toBeLessThanOrEqual(RECOVERY_MS);
  expect(rig.disk.names()).toEqual([]);
  await untilDone(rig.clock, rig.service.stop());
  expect(rig.clock.sleeping).toBe(0);
  return code;
};

describe('REC-07 a driverless scanner', () => {
  const ROUTES: Readonly<Record<State, readonly [route: EsclRoute, count: number]>> = {
    searching: ['capabilities', 0],
    asking: ['capabilities', 0],
    opening: ['jobs', 0],
    'first page': ['document', 0],
    'next page': ['document', 1],
    ending: ['document', SHEETS],
  };

  const rigFor = async (state: State, fault: Fault): Promise<Rig> => {
    const bench = await esclBench(SHEETS);
    const { machine } = bench;
    const [route, at] = ROUTES[state];
    const replies: Readonly<Record<Fault, () => EsclReply | null>> = {
      unplug: () => {
        machine.isPlugged = false;
        return null;
      },
      jam: () => {
        machine.feederTrouble = 'ScannerAdfJam';
        return null;
      },
      cover: () => {
        machine.feederTrouble = 'ScannerAdfHatchOpen';
        return null;
      },
      'time-out': () => ({ kind: 'silence' }),
      garbage: () => ({ kind: 'garbage' }),
      oversize: () => ({ kind: 'endless' }),
    };
    return {
      ...bench,
      strike: () => {
        let count = -1;
        let hasStruck = false;
        machine.interfere = (asked) => {
          if (asked === route) count += 1;
          if (asked !== route || count !== at || hasStruck) return null;
          hasStruck = true;
          return replies[fault]();
        };
      },
      repair: () => {
        machine.interfere = () => null;
        machine.isPlugged = true;
        machine.feederTrouble = null;
        machine.sheets = SHEETS;
        machine.forgetJobs();
      },
    };
  };

  /** A look at a scanner does not see its paper; a scan finds a jam and an open cover by itself. */
  const expected = (state: State, fault: Fault): ScannerErrorCode | null => {
    switch (fault) {
      case 'unplug':
        return state === 'searching' ? 'SCANNER_UNREACHABLE' : 'SCANNER_INTERRUPTED';
      case 'jam':
        return 'SCANNER_JAMMED';
      case 'cover':
        return 'SCANNER_COVER_OPEN';
      case 'time-out':
        // Whoever is not found is looked for once more, and is there.
        return state === 'searching' ? null : 'SCANNER_STOPPED_ANSWERING';
      case 'garbage':
        return state === 'searching' ? null : 'SCANNER_NOT_UNDERSTOOD';
      case 'oversize':
        return state === 'searching' ? null : 'SCANNER_TOO_LARGE';
    }
    return null;
  };

  it.each(CASES)('%s, %s: tells it and scans again within five seconds', async (state, fault) => {
    expect(await recover(await rigFor(state, fault), state)).toBe(expected(state, fault));
  });
});

describe('REC-07 a scanner of SANE', () => {
  const QUESTIONS: Readonly<Record<State, Question>> = {
    searching: 'list',
    asking: 'options',
    opening: 'scan',
    'first page': 'scan',
    'next page': 'scan',
    ending: 'scan',
  };

  const opening = (reason: string): Ending => ({
    kind: 'exit',
    exitCode: 1,
    stderr: `scanimage: open of device test:0 failed: ${reason}\n`,
  });
  const exit = (exitCode: number): Ending => ({ kind: 'exit', exitCode, stderr: '' });

  const endingOf = (state: State, fault: Fault): Ending => {
    const isOpen = state !== 'asking' && state !== 'opening';
    switch (fault) {
      case 'unplug':
        return isOpen ? exit(9) : opening('Invalid argument');
      case 'jam':
        return isOpen ? exit(6) : opening('Document feeder jammed');
      case 'cover':
        return isOpen ? exit(8) : opening('Scanner cover is open');
      case 'time-out':
        return { kind: 'hang' };
      case 'garbage':
        return { kind: 'killed', by: 'SIGSEGV', stderr: '\u0000\u0001\u0002' };
      case 'oversize':
        return { kind: 'flood' };
    }
    return exit(0);
  };

  const rigFor = async (state: State, fault: Fault): Promise<Rig> => {
    const bench = await saneBench(SHEETS);
    const { scanimage } = bench;
    const whole = scanimage.pages;
    return {
      ...bench,
      strike: () => {
        let hasStruck = false;
        scanimage.pages = whole.slice(0, WHOLE_PAGES[state]);
        scanimage.ending = (question) => {
          if (question !== QUESTIONS[state] || hasStruck) return null;
          // An unplugged scanner stays away until it is repaired; everything else strikes once.
          hasStruck = fault !== 'unplug';
          if (state === 'searching') scanimage.pages = whole;
          return endingOf(state, fault);
        };
      },
      repair: () => {
        scanimage.ending = () => null;
        scanimage.pages = whole;
      },
    };
  };

  const expected = (state: State, fault: Fault): ScannerErrorCode | null => {
    // A search that fails forgets nobody who was found before; the scan itself then works.
    if (state === 'searching') return null;
    const isOpen = state !== 'asking' && state !== 'opening';
    switch (fault) {
      case 'unplug':
        if (!isOpen) return 'SCANNER_UNREACHABLE';
        return WHOLE_PAGES[state] > 0 ? 'SCANNER_JAMMED' : 'SCANNER_INTERRUPTED';
      case 'jam':
        return 'SCANNER_JAMMED';
      case 'cover':
        return 'SCANNER_COVER_OPEN';
      case 'time-out':
        return 'SCANNER_STOPPED_ANSWERING';
      case 'garbage':
        return 'SCANNER_INTERRUPTED';
      case 'oversize':
        return 'SCANNER_NOT_UNDERSTOOD';
    }
    return null;
  };

  it.each(CASES)('%s, %s: tells it and scans again within five seconds', async (state, fault) => {
    expect(await recover(await rigFor(state, fault), state)).toBe(expected(state, fault));
  });
});
