/**
 * Each fault of the simulator at each request it can meet: where the item stands after it, what is
 * left when everything was tried, and how often each token was posted. The expectation is written
 * out from the table of states (delivery.md), not taken from the code.
 */
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import { faultsInOrder, type FaultPlan } from '../../main/training/fault-plan.ts';
import { FAULT_NAMES, FAULTS, type FaultName } from '../../main/training/faults.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosOutcome } from './outcome.ts';
import { SCRATCH, startRig, type Rig } from './rig.ts';
import { makeRigKiosk, type RigKiosk } from './rig-kiosk.ts';

/** Where an item stands once the answer was understood. `paused` and `cooling` hold the whole outbox. */
type Standing =
  ItemState | 'QUEUED paused' | 'QUEUED cooling' | 'AMBIGUOUS paused' | 'AMBIGUOUS cooling';

const again = 'AMBIGUOUS';

/** After `/process`. */
const PROCESS: Readonly<Partial<Record<FaultName, Standing>>> = {
  UNAUTHORIZED: 'QUEUED paused',
  UNAUTHORIZED_BARE: 'QUEUED paused',
  PAYMENT_REQUIRED: 'QUEUED paused',
  PERMISSIONS_ERROR: 'QUEUED paused',
  PERMISSIONS_ERROR_BARE: 'QUEUED paused',
  PARTNER_CONTRACT_ERROR: 'QUEUED paused',
  TOO_MANY_REQUESTS: 'QUEUED cooling',
  TOO_MANY_REQUESTS_RETRY_AFTER: 'QUEUED cooling',
  MISSING_VALUE: 'NEEDS_PERSON',
  BAD_VALUE: 'NEEDS_PERSON',
  VALIDATION_ERROR: 'NEEDS_PERSON',
  ENCODING_ERROR: 'NEEDS_PERSON',
  JSON_ERROR: 'NEEDS_PERSON',
  METHOD_NOT_ALLOWED: 'NEEDS_PERSON',
  REQUEST_TOO_LARGE: 'NEEDS_PERSON',
  ACCEPTED_WITH_ERROR: 'NEEDS_PERSON',
  TOKEN_NOT_VALID: again,
  INTERNAL_ERROR: again,
  INTERNAL_ERROR_ACCEPTED: again,
  BAD_GATEWAY: again,
  BAD_GATEWAY_ACCEPTED: again,
  SERVICE_UNAVAILABLE: again,
  REDIRECT: again,
  UNREADABLE_200: again,
  UNREADABLE_400: again,
  RESET_BEFORE_BODY: again,
  RESET_MID_BODY: again,
  RESET_AFTER_BODY: again,
  RESET_AFTER_BODY_ACCEPTED: again,
  SILENCE: again,
  SILENCE_ACCEPTED: again,
  CUT_200: again,
  // Fifteen seconds of answer, where half a second of silence is the limit.
  DRIP: again,
};

const REFUSED_MINT: ReadonlySet<FaultName> = new Set<FaultName>([
  'MISSING_VALUE',
  'BAD_VALUE',
  'VALIDATION_ERROR',
  'ENCODING_ERROR',
  'JSON_ERROR',
  'METHOD_NOT_ALLOWED',
]);

/** After `/token`: like `/process`, but what nobody knows is simply tried again. */
const afterMint = (name: FaultName): Standing | undefined => {
  if (REFUSED_MINT.has(name)) return 'NEEDS_PERSON';
  const standing = PROCESS[name];
  return name === 'CLIENT_BUSY' || standing === 'AMBIGUOUS' ? 'QUEUED' : standing;
};

interface Case {
  readonly route: 'process' | 'token';
  readonly fault: FaultName;
  readonly expected: Standing | undefined;
}

const cases = (): readonly Case[] =>
  (['process', 'token'] as const).flatMap((route) =>
    FAULT_NAMES.filter((name) => FAULTS[name].routes.some((each) => each === route)).map(
      (fault) => ({
        route,
        fault,
        expected: route === 'process' ? PROCESS[fault] : afterMint(fault),
      }),
    ),
  );

const standingOf = (rig: RigKiosk): string => {
  const [item] = rig.items();
  if (item === undefined) return 'delivered';
  const { state } = rig.kiosk.status().outbox.condition;
  return state === 'paused' || state === 'cooling' ? `${item.state} ${state}` : item.state;
};

/** What an item's first call of a kind led to. */
const standingAfter = (standings: readonly string[], route: Case['route']): string | undefined => {
  const call: ItemState = route === 'process' ? 'SENDING' : 'MINTING';
  const begun = standings.indexOf(call);
  return begun === -1 ? undefined : standings.slice(begun).find((standing) => standing !== call);
};

/** What has not happened by then is taken as not happening. */
const PATIENCE_MS = 20_000;

const until = async (isSo: () => boolean): Promise<void> => {
  const endMs = performance.now() + PATIENCE_MS;
  while (!isSo() && performance.now() < endMs) await pause(5);
};

const NEEDS_PERSON: ReadonlySet<string> = new Set(['NEEDS_PERSON', 'HELD', 'NEEDS_TOKEN']);

/** Lets everything happen that happens by itself; a person mends and resends once. */
const finish = async (rig: RigKiosk): Promise<void> => {
  for (const { itemId, state } of rig.items())
    if (NEEDS_PERSON.has(state)) await rig.kiosk.delivery?.resend(itemId, 'OTHER', null);
  if (rig.kiosk.status().outbox.condition.state === 'paused') rig.kiosk.delivery?.resume();
  await until(() => rig.items().length === 0);
};

const tryCase = async (
  rig: Rig,
  plan: { current: FaultPlan },
  { route, fault, expected }: Case,
): Promise<string | null> => {
  await rig.renew();
  rig.accepted.clear();
  plan.current = faultsInOrder([{ name: fault, route }]);
  const codes: string[] = [];
  const standings: string[] = [];
  const own = makeRigKiosk(
    rig.order({ customers: 1 }),
    (line) => {
      if (line.says === 'refused') codes.push(line.code);
    },
    () => standings.push(standingOf(own)),
  );
  try {
    await own.open();
    await own.serve();
    await until(() => standingAfter(standings, route) !== undefined);
    const standing = standingAfter(standings, route);
    if (standing !== expected) return `stands at ${standing}, not ${expected}`;
    await finish(own);
    if (own.items().length > 0) return `never delivered: ${standingOf(own)}`;
    const times = [...rig.accepted.values()].reduce((sum, each) => sum + each, 0);
    return times === 1 && codes.length === 0 ? null : `accepted ${times} times`;
  } finally {
    await own.kiosk.stop();
  }
};

export const runWireFaults = async (tell: (line: string) => void): Promise<ChaosOutcome> => {
  const plan: { current: FaultPlan } = { current: faultsInOrder([]) };
  const rig = await startRig({ next: (route) => plan.current.next(route) }, SCRATCH);
  let wrong = 0;
  try {
    const all = cases();
    for (const each of all) {
      const fault = await tryCase(rig, plan, each);
      if (fault === null) continue;
      wrong += 1;
      tell(`${each.fault} at ${each.route}: ${fault}`);
    }
    const posts = [...rig.simulator.journal.submissions().values()];
    const acceptedTwice = posts.filter(({ accepted }) => accepted > 1).length;
    return {
      figures: {
        faults: FAULT_NAMES.length,
        cases: all.length,
        wrong,
        tokens: posts.length,
        acceptedTwice,
        // A body that nobody looked at comes again with its token, once the status said that it is unused.
        postedAgainWhenUnused: posts.filter(({ posted }) => posted > 1).length,
      },
      isGood: wrong === 0 && acceptedTwice === 0 && posts.length >= all.length,
    };
  } finally {
    await rig.stop();
  }
};
