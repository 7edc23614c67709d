/**
 * Walks the flow at random with a fixed seed: everything a person can do on any screen, and everything
 * main, camera, scanner, disk and silence can answer it with. Says which transitions were taken.
 */
import type { AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { AppStatus } from '../../../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../../../preload/contract/error-codes.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { SessionView } from '../../../../preload/contract/session-channels.ts';
import type { OperatorEvent } from '../../../../renderer/flow/operator-machine.ts';
import type { ScanEvent } from '../../../../renderer/flow/scan-setup.ts';
import type { PersonEvent } from '../../../../renderer/flow/session-context.ts';
import { NOTHING_READ } from '../../../../renderer/vision/worker/document-reading.ts';
import { createPrng, type Prng } from '../../../specimens/prng.ts';
import type { FakeKiosk } from '../../../support/fake-kiosk.ts';
import { fakeItem, FAKE_PIN, RECEIPT } from '../../../support/fake-kiosk-values.ts';
import { fakePage, findAt, FLATBED } from '../../../support/fake-scans.ts';
import { edgeName } from '../../../support/flow-drawing.ts';
import { CHOOSE_ID_CARD, CHOOSE_OTHER, settle, startFlow, TOKEN } from './start-flow.ts';

const PERSON: readonly PersonEvent[] = [
  { type: 'REFERENCE.TYPED', text: 'LT-4711' },
  { type: 'REFERENCE.READ', text: 'LT-4711' },
  { type: 'START' },
  { type: 'START' },
  { type: 'ACCEPT' },
  { type: 'LANGUAGE.CHOSEN', language: 'lt' },
  { type: 'AIDS.CHOSEN', aids: { textSize: 200 } },
  TOKEN,
  CHOOSE_ID_CARD,
  CHOOSE_OTHER,
  { type: 'SHOOT' },
  { type: 'SHOOT' },
  { type: 'SHOOT' },
  { type: 'SKIP' },
  { type: 'BACK' },
  { type: 'USE_SCANNER' },
  { type: 'CHANGE_DOCUMENT' },
  { type: 'RETAKE', step: 'FRONT' },
  { type: 'RETAKE', step: 'FACE' },
  { type: 'SUBMIT' },
  { type: 'FAILURE.ANSWERED', action: 'retry' },
  { type: 'FAILURE.ANSWERED', action: 'retake' },
  { type: 'FAILURE.ANSWERED', action: 'document' },
  { type: 'FAILURE.ANSWERED', action: 'token' },
  { type: 'FAILURE.ANSWERED', action: 'end' },
  { type: 'START_OVER.ASKED' },
  { type: 'START_OVER.CANCELLED' },
  { type: 'ACTIVITY' },
  { type: 'CONTINUE' },
  { type: 'END' },
  { type: 'RETRY' },
  { type: 'UNLOCK', passphrase: 'a specimen of a passphrase' },
  { type: 'OPERATOR' },
];

/** Events that end a walk through the screens; taken less often, so that it gets far. */
const LEAVING: ReadonlySet<PersonEvent['type']> = new Set(['END', 'OPERATOR', 'CHANGE_DOCUMENT']);

const ITEM_ID = fakeItem(1, 'NEEDS_PERSON').itemId;

const AT_THE_ROOM: readonly OperatorEvent[] = [
  { type: 'PIN.CREATED', pin: FAKE_PIN },
  { type: 'PIN.ENTERED', pin: FAKE_PIN },
  { type: 'PIN.ENTERED', pin: '000000' },
  { type: 'ROOM.ASKED', request: { task: 'test-credentials' } },
  {
    type: 'ROOM.ASKED',
    request: { task: 'retake-item', itemId: ITEM_ID, reason: 'WRONG_PICTURES' },
  },
  { type: 'LEAVE' },
];

const AT_THE_SCANNER: readonly ScanEvent[] = [
  { type: 'SCAN' },
  { type: 'SCAN' },
  { type: 'SEARCH' },
  { type: 'SCANNER.CHOSEN', scanner: FLATBED },
  { type: 'SOURCES.ASKED' },
  { type: 'SOURCE.CHOSEN', source: 'duplex' },
  { type: 'CANCEL' },
  { type: 'PART.ASSIGNED', index: 0, step: 'BACK' },
  { type: 'PART.MOVED', index: 0, quad: findAt(400).quad },
  { type: 'ACCEPT' },
  { type: 'ACCEPT' },
  { type: 'CAMERA' },
  { type: 'BACK' },
];

/** What a call may fail with: codes that lead to different places. */
const FAULTS: readonly ErrorCode[] = [
  'INTERNAL_FAULT',
  'DOCUMENT_NOT_ALLOWED',
  'PICTURE_TOO_SMALL',
  'MARKID_BAD_VALUE',
  'TOKEN_SPENT',
  'SUBMISSION_RUNNING',
  'NO_SESSION',
];

/** Calls that are made too seldom for a fault among all calls to hit them. */
const SELDOM = [
  ['session:replace-token', 'TOKEN_SPENT'],
  ['session:submit-session', 'SUBMISSION_RUNNING'],
  ['scanner:read-page', 'INTERNAL_FAULT'],
  ['scanner:store-cuts', 'INTERNAL_FAULT'],
] as const;

/** The kiosks a renderer can meet when it starts. */
const prepare = (prng: Prng) => (kiosk: FakeKiosk) => {
  const isStaffed = prng.next() < 0.6;
  kiosk.status = {
    ...kiosk.status,
    mode: isStaffed ? 'teller' : 'self-service',
    tokenSource: prng.pick(['mint', 'handoff']),
    customerReference: isStaffed ? prng.pick(['off', 'off', 'optional', 'required']) : 'off',
    scanner: { isOffered: isStaffed, remembered: prng.pick([FLATBED, FLATBED, null]) },
    service: prng.pick([
      ...Array.from({ length: 6 }, () => ({ state: 'ready' }) as const),
      { state: 'locked' },
      { state: 'out-of-service', code: 'POLICY_INVALID' },
    ] satisfies AppStatus['service'][]),
  };
  kiosk.outbox = { ...kiosk.outbox, items: [fakeItem(1, 'NEEDS_PERSON')], itemCount: 1 };
  if (prng.next() < 0.5) {
    const [channel, code] = prng.pick(SELDOM);
    kiosk.failNext(channel, code);
  }
  if (prng.next() < 0.6) {
    kiosk.scans.pages = prng.pick([[], [fakePage(1, { cards: [findAt(300)] })]]);
    kiosk.resume(prng.pick(['ID_CARD', 'OTHER']), prng.pick([['FACE'], ['FRONT', 'BACK', 'FACE']]));
    const state = prng.pick<SessionView['state']>([
      'capturing',
      'capturing',
      'submitting',
      'delivering',
      'saved',
    ]);
    const receipt = prng.pick([RECEIPT, RECEIPT, null]);
    const refusal = prng.pick(['MARKID_BAD_VALUE', 'TOKEN_SPENT', null, null] as const);
    kiosk.view = { ...kiosk.view, state, ...(state === 'capturing' ? { refusal } : { receipt }) };
  }
};

/** The transitions nobody took yet, and the dice. */
interface Walk {
  readonly left: ReadonlySet<string>;
  readonly prng: Prng;
}

type Flow = Awaited<ReturnType<typeof startFlow>>;

/** Paper for a further scan, of one card, both sides or nothing that is known. */
const layPages = ({ kiosk, scanned }: Flow, prng: Prng): void => {
  const page = fakePage(1, { cards: prng.pick([[], [findAt(300), findAt(1500)]]) });
  const code = prng.pick([null, null, 'SCANNER_JAMMED'] as const);
  kiosk.scans.outcomes.push({ pages: prng.pick([[page], [page], []]), code });
  scanned.readings = [
    { ...NOTHING_READ, side: 'front' },
    { ...NOTHING_READ, side: prng.pick(['back', 'front'] as const) },
  ];
};

/** Something that happens by itself. */
const happen = (flow: Flow, prng: Prng): Promise<void> => {
  const { kiosk } = flow;
  const events: (() => void)[] = [
    () => {
      kiosk.failCalls('INTERNAL_FAULT', { times: 40 });
    },
    () => {
      kiosk.door = { ...kiosk.door, isInside: false };
    },
    () => {
      kiosk.changeStatus({
        service: prng.pick([{ state: 'locked' }, { state: 'ready' }] as const),
      });
    },
    () => {
      if (kiosk.view.state === 'delivering')
        kiosk.settle(prng.pick(['delivered', 'saved', 'MARKID_BAD_VALUE', 'TOKEN_SPENT']), {
          isTold: prng.next() < 0.7,
        });
      else if (kiosk.view.state === 'submitting')
        kiosk.view = { ...kiosk.view, state: 'delivering', receipt: RECEIPT };
    },
    () => {
      kiosk.progress({ stage: 'sending', sentBytes: 1, totalBytes: 2 });
    },
    () => {
      flow.camera.still = () =>
        prng.next() < 0.3
          ? fail('CAMERA_UNPLUGGED')
          : ok({
              bytes: new Uint8Array([0xff]),
              facts: null,
              measures: null,
              isTakenAsIs: false,
              outline: null,
            });
    },
    () => {
      layPages(flow, prng);
    },
    () => {
      kiosk.scans.changeList({ isSearching: true });
      kiosk.scans.progress({ phase: 'scanning', pageIndex: 0, share: null });
    },
  ];
  prng.pick(events)();
  return flow.pass(prng.pick([0, 0, 0, 1_000, 46_000, 61_000]));
};

/** One of the events; rather one that leads where nobody has been, if there is one. */
const pickOf = <T extends { readonly type: string }>(
  events: readonly T[],
  { _nodes: nodes }: AnyMachineSnapshot,
  { left, prng }: Walk,
): T => {
  const isNew = ({ type }: T): boolean =>
    nodes.some(({ transitions }) => transitions.get(type)?.some((one) => left.has(edgeName(one))));
  const fresh = prng.next() < 0.7 ? events.filter(isNew) : [];
  return prng.pick(fresh.length > 0 ? fresh : events);
};

/** One thing a person does where they stand. */
const act = async (flow: Flow, walk: Walk): Promise<void> => {
  const { prng } = walk;
  const snapshot = flow.actor.getSnapshot();
  const { operator, scan } = snapshot.children;
  if (prng.next() < 0.15) flow.kiosk.failCalls(prng.pick(FAULTS), { after: prng.int(0, 2) });
  if (operator !== undefined && prng.next() < 0.8)
    operator.send(pickOf(AT_THE_ROOM, operator.getSnapshot(), walk));
  else if (scan !== undefined && prng.next() < 0.8)
    scan.send(pickOf(AT_THE_SCANNER, scan.getSnapshot(), walk));
  else {
    const possible = PERSON.filter((event) => snapshot.can(event));
    const onward = possible.filter(({ type }) => !LEAVING.has(type));
    const choices = [onward, onward, possible, PERSON].filter(({ length }) => length > 0);
    flow.actor.send(pickOf(prng.pick(choices), snapshot, walk));
  }
  if (prng.next() < 0.8) await settle();
};

/** Long enough to come from attract to the receipt and half-way again. */
const STEPS = 40;

/** One renderer's life: things that happen, then silence. Where it ends. */
const live = async (walk: Walk, inspect: (event: InspectionEvent) => void) => {
  const { prng } = walk;
  const flow = await startFlow(prepare(prng), inspect);
  for (let page = 0; page < 3; page += 1) layPages(flow, prng);
  for (let step = 0; step < STEPS; step += 1)
    await (prng.next() < 0.25 ? happen(flow, prng) : act(flow, walk));
  // Whatever main was doing is done, and nobody is there any more.
  flow.kiosk.failCalls('INTERNAL_FAULT', { times: 0 });
  if (flow.kiosk.view.state === 'submitting')
    flow.kiosk.view = { ...flow.kiosk.view, state: 'idle' };
  await flow.pass(180_000);
  const place = flow.place();
  flow.actor.stop();
  return place;
};

/**
 * Lives until no transition of `wanted` is left, at most `maxLives` renderers' lives: those that are
 * left, and where silence led.
 */
export const walkAtRandom = async (wanted: readonly string[], seed: number, maxLives: number) => {
  const left = new Set(wanted);
  const ends = new Set<string>();
  const inspect = (event: InspectionEvent): void => {
    if (event.type !== '@xstate.microstep') return;
    const { _transitions: transitions } = event;
    for (const transition of transitions) left.delete(edgeName(transition));
  };
  const walk = { left, prng: createPrng(seed, 'flow') };
  for (let life = 0; life < maxLives && left.size > 0; life += 1)
    ends.add(await live(walk, inspect));
  return { left: [...left], ends };
};
