/** What the scan machine remembers, hears and answers, so that its states can stand in a file of their own. */
import { setup } from 'xstate';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type {
  PageQuad,
  PageView,
  ScannerList,
  ScanProgress,
} from '../../preload/contract/scanner-channels.ts';
import type { ScannerIdentity, ScanSource } from '../../preload/contract/scanner-words.ts';
import type { SessionView } from '../../preload/contract/session-channels.ts';
import type { scanActors, ScannerEvent, ShownPage } from './scan-actors.ts';
import type { PaperStep, ScanPart } from './scan-plan.ts';
import { typeOnly } from './type-only.ts';

export interface ScanInput {
  /** Steps without a picture, or the one that is taken again; at least one. */
  readonly wanted: readonly PaperStep[];
  readonly remembered: ScannerIdentity | null;
  /** A picture is taken again: the page it was cut from is shown first. */
  readonly isRetake: boolean;
}

export interface ScanContext extends ScanInput {
  /** Null until main has answered once. */
  readonly list: ScannerList | null;
  /** The scanner that is used; null while none is chosen. */
  readonly scanner: ScannerIdentity | null;
  /** Where it takes paper from; empty until somebody wants another source. */
  readonly sources: readonly ScanSource[];
  readonly progress: ScanProgress | null;
  /** As main keeps them. */
  readonly views: readonly PageView[];
  readonly pages: readonly ShownPage[];
  readonly parts: readonly ScanPart[];
  /** Of the last scan, listing or storing; null where it went well. */
  readonly code: ErrorCode | null;
  readonly output: ScanResult;
}

/** How it ended. */
export type ScanResult =
  | {
      readonly kind: 'stored';
      readonly view: SessionView;
      /** Those that became pictures. */
      readonly parts: readonly ScanPart[];
      /** ISO 8601. */
      readonly today: string;
    }
  | { readonly kind: 'camera' }
  | { readonly kind: 'back' };

export type ScanEvent =
  | { readonly type: 'SEARCH' }
  | { readonly type: 'SCANNER.CHOSEN'; readonly scanner: Omit<ScannerIdentity, 'source'> }
  | { readonly type: 'SOURCES.ASKED' }
  | { readonly type: 'SOURCE.CHOSEN'; readonly source: ScanSource }
  | { readonly type: 'SCAN' }
  | { readonly type: 'CANCEL' }
  | { readonly type: 'PART.MOVED'; readonly index: number; readonly quad: PageQuad }
  | { readonly type: 'PART.ASSIGNED'; readonly index: number; readonly step: PaperStep | null }
  | { readonly type: 'ACCEPT' }
  | { readonly type: 'CAMERA' }
  | { readonly type: 'BACK' }
  | ScannerEvent;

/** Context, events and actors of the scan machine. */
export const scanSetup = setup({
  types: {
    context: typeOnly<ScanContext>(),
    events: typeOnly<ScanEvent>(),
    input: typeOnly<ScanInput>(),
    output: typeOnly<ScanResult>(),
    children: typeOnly<{ scanners: 'scanners' }>(),
  },
  actors: typeOnly<ReturnType<typeof scanActors>>(),
  actions: {
    /** Provided with the actors. */
    cancelScan: () => {},
    revokePages: () => {},
  },
  guards: {
    hasScanner: ({ context }) => context.scanner !== null,
    hasParts: ({ context }) => context.parts.some(({ step }) => step !== null),
  },
});
