/** Courier, client and node transport together against the embedded simulator over real HTTPS. */
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMarkIdClient, type MarkIdClient } from '../../../../main/markid/client.ts';
import { systemClock, type Clock } from '../../../../main/ports/clock.ts';
import type { HttpTransport } from '../../../../main/ports/http-transport.ts';
import { createNodeHttpsTransport } from '../../../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { FAULT_NAMES, type FaultName } from '../../../../main/training/faults.ts';
import type { AcceptedSubmission } from '../../../../main/training/routes.ts';
import { startSimulator, type Simulator } from '../../../../main/training/simulator.ts';
import { DeliveryBench, newItem } from './delivery-bench.ts';

/** Dripping bytes come faster, so that a dripped answer takes no 15 s. */
const hastyClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms <= 100 ? 0 : ms, signal),
};

const { signal } = new AbortController();
const accepted: AcceptedSubmission[] = [];
let simulator: Simulator;
let transport: HttpTransport;
let client: MarkIdClient;
let picture: Buffer;
let underWay = 0;
let faults: { name: FaultName; route: string }[] = [];

beforeAll(async () => {
  const started = await startSimulator({
    clock: hastyClock,
    random: systemRandom,
    onSubmission: (submission) => accepted.push(submission),
    faults: {
      next: (route) => {
        const at = faults.findIndex((fault) => fault.route === route);
        return faults.splice(at, at < 0 ? 0 : 1)[0]?.name ?? null;
      },
    },
  });
  if (!started.ok) throw new Error('The simulator did not start.');
  simulator = started.value;
  const node = createNodeHttpsTransport({
    origin: simulator.origin,
    pinnedCertificatePem: simulator.certificatePem,
  });
  // Where silence is ordered it is over sooner than for a real server.
  transport = {
    send: async (request, run) => {
      const isSilent = faults.some(({ name }) => name.startsWith('SILENCE'));
      underWay += 1;
      const reply = await node.send(isSilent ? { ...request, idleTimeoutMs: 400 } : request, run);
      underWay -= 1;
      return reply;
    },
  };
  client = createMarkIdClient({ transport, credentials: simulator.credentials });
  picture = await sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();
});

afterAll(() => simulator.stop());

beforeEach(() => {
  faults = [];
  accepted.length = 0;
});

let bench: DeliveryBench;
afterEach(() => bench.stop());

/** Lets time pass, and with it every request that begins. */
const pass = async (ms: number): Promise<void> => {
  await bench.clock.advance(ms);
  await vi.waitFor(async () => {
    await bench.settle();
    expect(underWay).toBe(0);
  }, 10_000);
  await bench.settle();
};

const MINUTE_MS = 60_000;

/** How an item comes through after the fault: by itself, or after a person resumed or sent it again. */
type Way = 'by itself' | 'resumed' | 'sent again';
const DELIVERED = 'DELIVERED';
const CONFIRMED = 'CONFIRMED';

/** Where `/process` meets the fault: the state after it, the way out, and how it ends. */
const SEEN: Readonly<Record<FaultName, readonly [string, Way, string]>> = {
  UNAUTHORIZED: ['QUEUED', 'resumed', DELIVERED],
  UNAUTHORIZED_BARE: ['QUEUED', 'resumed', DELIVERED],
  PAYMENT_REQUIRED: ['QUEUED', 'resumed', DELIVERED],
  PERMISSIONS_ERROR: ['QUEUED', 'resumed', DELIVERED],
  PERMISSIONS_ERROR_BARE: ['QUEUED', 'resumed', DELIVERED],
  PARTNER_CONTRACT_ERROR: ['QUEUED', 'resumed', DELIVERED],
  TOKEN_NOT_VALID: ['AMBIGUOUS', 'by itself', DELIVERED],
  MISSING_VALUE: ['NEEDS_PERSON', 'sent again', DELIVERED],
  BAD_VALUE: ['NEEDS_PERSON', 'sent again', DELIVERED],
  VALIDATION_ERROR: ['NEEDS_PERSON', 'sent again', DELIVERED],
  ENCODING_ERROR: ['NEEDS_PERSON', 'sent again', DELIVERED],
  JSON_ERROR: ['NEEDS_PERSON', 'sent again', DELIVERED],
  METHOD_NOT_ALLOWED: ['NEEDS_PERSON', 'sent again', DELIVERED],
  CLIENT_BUSY: ['NEEDS_PERSON', 'sent again', DELIVERED],
  REQUEST_TOO_LARGE: ['NEEDS_PERSON', 'sent again', DELIVERED],
  TOO_MANY_REQUESTS: ['QUEUED', 'by itself', DELIVERED],
  TOO_MANY_REQUESTS_RETRY_AFTER: ['QUEUED', 'by itself', DELIVERED],
  INTERNAL_ERROR: ['AMBIGUOUS', 'by itself', DELIVERED],
  INTERNAL_ERROR_ACCEPTED: ['AMBIGUOUS', 'by itself', CONFIRMED],
  BAD_GATEWAY: ['AMBIGUOUS', 'by itself', DELIVERED],
  BAD_GATEWAY_ACCEPTED: ['AMBIGUOUS', 'by itself', CONFIRMED],
  SERVICE_UNAVAILABLE: ['AMBIGUOUS', 'by itself', DELIVERED],
  REDIRECT: ['AMBIGUOUS', 'by itself', DELIVERED],
  ACCEPTED_WITH_ERROR: ['NEEDS_PERSON', 'sent again', DELIVERED],
  UNREADABLE_200: ['AMBIGUOUS', 'by itself', CONFIRMED],
  UNREADABLE_400: ['AMBIGUOUS', 'by itself', DELIVERED],
  RESET_BEFORE_BODY: ['AMBIGUOUS', 'by itself', DELIVERED],
  RESET_MID_BODY: ['AMBIGUOUS', 'by itself', DELIVERED],
  RESET_AFTER_BODY: ['AMBIGUOUS', 'by itself', DELIVERED],
  RESET_AFTER_BODY_ACCEPTED: ['AMBIGUOUS', 'by itself', CONFIRMED],
  SILENCE: ['AMBIGUOUS', 'by itself', DELIVERED],
  SILENCE_ACCEPTED: ['AMBIGUOUS', 'by itself', CONFIRMED],
  DRIP: ['over', 'by itself', DELIVERED],
  CUT_200: ['AMBIGUOUS', 'by itself', CONFIRMED],
};

describe('against the simulator', () => {
  beforeEach(async () => {
    bench = new DeliveryBench({ client, random: systemRandom });
    await bench.start();
  });

  it.each(FAULT_NAMES.map((name) => [name, ...SEEN[name]] as const))(
    'REC-06 %s on /process leads to %s, and %s to %s, with one submission',
    async (name, state, way, outcome) => {
      faults = [{ name, route: 'process' }];
      const pictures = { FRONT: picture, BACK: picture, FACE: picture };
      const content = { ...newItem().content, documentType: 'ID_CARD' } as const;
      const itemId = await bench.accept(newItem({}, { content, pictures }));
      await pass(0);
      expect(bench.state(itemId) ?? 'over').toBe(state);
      expect(faults).toEqual([]);

      if (way === 'resumed') {
        expect(bench.courier.gate.condition().state).toBe('paused');
        bench.courier.resume();
      }
      if (way === 'sent again')
        expect(await bench.courier.resend(itemId, null)).toMatchObject({ ok: true });
      await pass(MINUTE_MS);
      await pass(MINUTE_MS);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.events.at(-1)).toMatchObject({ event: 'delivery.item-ended', outcome });
      expect(accepted).toHaveLength(1);
      expect(Buffer.from(accepted[0]?.images.FRONT ?? []).equals(picture)).toBe(true);
    },
  );

  it('accepts right credentials and refuses wrong ones', async () => {
    expect(await client.testCredentials(signal)).toEqual({ ok: true, value: null });
    const stranger = createMarkIdClient({
      transport,
      credentials: { ...simulator.credentials, apiSecret: 'wrong' },
    });
    expect(await stranger.testCredentials(signal)).toEqual({
      ok: false,
      error: { code: 'MARKID_UNAUTHORIZED' },
    });
  });
});
