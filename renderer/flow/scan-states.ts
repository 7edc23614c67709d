/** The customer's papers from a scanner: the scan machine runs as a child, and its outcome leads on. */
import { assign } from 'xstate';
import { ok } from '../../preload/contract/result.ts';
import { choiceOf, doubtAfter, doubtOf, type Doubt } from './document-doubt.ts';
import { scannedQuality } from './picture-quality.ts';
import type { ScanPart } from './scan-plan.ts';
import { scannedSteps, type SessionContext } from './session-context.ts';
import { sessionSetup, viewed } from './session-setup.ts';

/** What the parts that became pictures give to ask about. */
const doubtAfterParts = (
  { doubt, view }: SessionContext,
  parts: readonly ScanPart[],
  today: string,
): Doubt | null =>
  parts.reduce<Doubt | null>((before, { step, reading }) => {
    if (step === null) return before;
    return doubtAfter(before, step, doubtOf(step, reading.facts, choiceOf(view), today));
  }, doubt);

/** What was measured on the parts that became pictures. */
const qualitiesAfterParts = (
  { qualities, status }: SessionContext,
  parts: readonly ScanPart[],
): SessionContext['qualities'] => {
  const leastDpi = status?.quality.document.resolutionDpi.least ?? 0;
  const scanned = parts.flatMap(({ step, dpi, reading }) =>
    step === null ? [] : [[step, scannedQuality(dpi, leastDpi, reading.facts)] as const],
  );
  return { ...qualities, ...Object.fromEntries(scanned) };
};

export const scanState = sessionSetup.createStateConfig({
  exit: 'revokePictures',
  invoke: {
    id: 'scan',
    src: 'scan',
    input: ({ context }) => ({
      wanted: scannedSteps(context),
      remembered: context.status?.scanner.remembered ?? null,
      isRetake: context.isRetake,
    }),
    onDone: [
      {
        guard: ({ event }) => event.output.kind === 'stored',
        target: '#kiosk.customer.placing',
        actions: assign(({ context, event: { output } }) =>
          output.kind === 'stored'
            ? {
                ...viewed(ok(output.view)),
                doubt: doubtAfterParts(context, output.parts, output.today),
                qualities: qualitiesAfterParts(context, output.parts),
              }
            : {},
        ),
      },
      {
        guard: ({ event }) => event.output.kind === 'camera',
        target: '#kiosk.customer.capture',
        actions: assign({ prefersCamera: true }),
      },
      { guard: ({ context }) => context.isRetake, target: '#kiosk.customer.review' },
      { target: '#kiosk.customer.document' },
    ],
  },
});
