/**
 * The scanner at a teller's desk, run as a child of the session machine: choose, scan, see, store. One
 * key does it where nothing is a guess; else a person looks, moves corners, says which part is which,
 * and accepts. Every state leads to the camera. Must never hold page bytes.
 */
import { assign, sendParent, sendTo, type ActorRefFrom } from 'xstate';
import { scanActors, type ScanPorts } from './scan-actors.ts';
import type { PaperStep, ScanPart } from './scan-plan.ts';
import { scanSetup } from './scan-setup.ts';

/** The parts with one changed; a step belongs to one of them alone. */
const assigned = (
  parts: readonly ScanPart[],
  index: number,
  step: PaperStep | null,
): readonly ScanPart[] =>
  parts.map((part, at) => {
    if (at === index) return { ...part, step };
    return step !== null && part.step === step ? { ...part, step: null } : part;
  });

const scanMachine = scanSetup.createMachine({
  id: 'scan',
  context: ({ input }) => ({
    ...input,
    list: null,
    scanner: input.remembered,
    sources: [],
    progress: null,
    views: [],
    pages: [],
    parts: [],
    code: null,
    output: { kind: 'back' },
  }),
  invoke: { id: 'scanners', src: 'scanners' },
  output: ({ context }) => context.output,
  on: {
    'SCANNERS.CHANGED': {
      actions: assign(({ event: { list } }) =>
        list.ok ? { list: list.value } : { code: list.error.code },
      ),
    },
    // Whoever waits for a stack of paper is there, though they touch nothing.
    'SCAN.PROGRESSED': {
      actions: [
        assign(({ event: { progress } }) => ({ progress })),
        sendParent({ type: 'ACTIVITY' }),
      ],
    },
    'SOURCES.TOLD': {
      guard: ({ context, event }) => context.scanner?.scannerId === event.scannerId,
      actions: assign(({ context: { scanner }, event: { answer } }) => {
        if (!answer.ok) return { code: answer.error.code };
        const { sources } = answer.value;
        const [first] = sources;
        if (scanner === null || first === undefined) return {};
        const source = sources.includes(scanner.source) ? scanner.source : first;
        return { sources, scanner: { ...scanner, source } };
      }),
    },
    SEARCH: { actions: [assign({ code: null }), sendTo('scanners', { type: 'SEARCH' })] },
    'SCANNER.CHOSEN': {
      actions: [
        assign(({ event: { scanner } }) => ({
          scanner: { ...scanner, source: 'platen' as const },
          sources: [],
          code: null,
        })),
        sendTo('scanners', ({ event: { scanner } }) => ({
          type: 'ASK.SOURCES' as const,
          scannerId: scanner.scannerId,
        })),
      ],
    },
    'SOURCE.CHOSEN': {
      actions: assign(({ context: { scanner }, event: { source } }) =>
        scanner === null ? {} : { scanner: { ...scanner, source } },
      ),
    },
    CAMERA: { target: '.left', actions: assign({ output: { kind: 'camera' } }) },
    BACK: { target: '.left', actions: assign({ output: { kind: 'back' } }) },
  },
  initial: 'opening',
  states: {
    /** The page a picture was cut from may be there. */
    opening: {
      invoke: {
        src: 'getPages',
        onDone: [
          {
            guard: ({ context, event }) =>
              context.isRetake && event.output.ok && event.output.value.pages.length > 0,
            target: 'reopening',
            actions: assign(({ event }) => ({
              views: event.output.ok ? event.output.value.pages : [],
            })),
          },
          { target: 'ready' },
        ],
      },
    },
    reopening: {
      invoke: {
        src: 'readScan',
        input: ({ context: { views, wanted } }) => ({ pages: views, wanted }),
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: 'arranging',
            actions: assign(({ event }) =>
              event.output.ok
                ? { pages: event.output.value.pages, parts: event.output.value.plan.parts }
                : {},
            ),
          },
          { target: 'ready' },
        ],
      },
    },
    ready: {
      on: {
        SCAN: { guard: 'hasScanner', target: 'scanning' },
        'SOURCES.ASKED': {
          guard: 'hasScanner',
          actions: sendTo('scanners', ({ context: { scanner } }) => ({
            type: 'ASK.SOURCES' as const,
            scannerId: scanner?.scannerId ?? '',
          })),
        },
      },
    },
    scanning: {
      invoke: {
        src: 'scanPages',
        input: ({ context: { scanner, views, code } }) => {
          if (scanner === null) throw new Error('A scan needs a scanner.');
          // After a jam the pages so far stay; else the new ones take their place.
          return { scanner, keepsPages: code !== null && views.length > 0 };
        },
        onDone: [
          {
            guard: ({ event }) => event.output.ok && event.output.value.pages.length > 0,
            target: 'reading',
            actions: assign(({ event }) =>
              event.output.ok
                ? { views: event.output.value.pages, code: event.output.value.code }
                : {},
            ),
          },
          {
            target: 'ready',
            actions: assign(({ event }) => ({
              views: [],
              code: event.output.ok ? event.output.value.code : event.output.error.code,
            })),
          },
        ],
      },
      entry: ['revokePages', assign({ progress: null, pages: [], parts: [] })],
      exit: 'cancelScan',
      on: { CANCEL: { actions: 'cancelScan' } },
    },
    reading: {
      invoke: {
        src: 'readScan',
        input: ({ context: { views, wanted } }) => ({ pages: views, wanted }),
        onDone: [
          {
            guard: ({ context, event }) =>
              event.output.ok && event.output.value.plan.isSure && context.code === null,
            target: 'storing',
            actions: assign(({ event }) =>
              event.output.ok
                ? { pages: event.output.value.pages, parts: event.output.value.plan.parts }
                : {},
            ),
          },
          {
            target: 'arranging',
            actions: assign(({ event }) =>
              event.output.ok
                ? { pages: event.output.value.pages, parts: event.output.value.plan.parts }
                : { code: event.output.error.code },
            ),
          },
        ],
      },
    },
    arranging: {
      on: {
        SCAN: { guard: 'hasScanner', target: 'scanning' },
        'PART.MOVED': {
          actions: assign(({ context: { parts }, event: { index, quad } }) => ({
            parts: parts.map((part, at) => (at === index ? { ...part, quad } : part)),
          })),
        },
        'PART.ASSIGNED': {
          actions: assign(({ context: { parts }, event: { index, step } }) => ({
            parts: assigned(parts, index, step),
          })),
        },
        ACCEPT: { guard: 'hasParts', target: 'storing' },
      },
    },
    storing: {
      invoke: {
        src: 'storeCuts',
        input: ({ context: { parts } }) => ({ parts }),
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: 'left',
            actions: assign(({ context: { parts, output }, event }) => ({
              output: event.output.ok
                ? {
                    kind: 'stored' as const,
                    ...event.output.value,
                    parts: parts.filter(({ step }) => step !== null),
                  }
                : output,
            })),
          },
          {
            target: 'arranging',
            actions: assign(({ event }) => ({
              code: event.output.ok ? null : event.output.error.code,
            })),
          },
        ],
      },
    },
    left: { type: 'final', entry: 'revokePages' },
  },
});

/** The machine over the given side effects. */
export const createScanMachine = (ports: ScanPorts) =>
  scanMachine.provide({
    actors: scanActors(ports),
    actions: {
      cancelScan: () => {
        void ports.kiosk.scanner.cancelScan();
      },
      revokePages: () => {
        ports.pictureUrls.revokeAll();
      },
    },
  });

export type ScanActor = ActorRefFrom<ReturnType<typeof createScanMachine>>;
