/** Submission, client and node transport together against the embedded simulator over real HTTPS. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubmission, type Submission } from '../../../../main/delivery/submit-session.ts';
import { createMarkIdClient, type MarkIdClient } from '../../../../main/markid/client.ts';
import { systemClock, type Clock } from '../../../../main/ports/clock.ts';
import type { HttpTransport } from '../../../../main/ports/http-transport.ts';
import { createNodeHttpsTransport } from '../../../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { FAULT_NAMES, type FaultName } from '../../../../main/training/faults.ts';
import type { AcceptedSubmission } from '../../../../main/training/routes.ts';
import { startSimulator, type Simulator } from '../../../../main/training/simulator.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

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
    send: (request, run) => {
      const isSilent = faults.some(({ name }) => name.startsWith('SILENCE'));
      return node.send(isSilent ? { ...request, idleTimeoutMs: 400 } : request, run);
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

const submissionOf = (clock: Clock): Submission =>
  createSubmission({
    client,
    clock,
    random: systemRandom,
    tokenSource: 'mint',
    tokenExpirySeconds: 3600,
  });

const press = async (submission: Submission): Promise<string> => {
  const outcome = await submission.submit(
    {
      country: 'LT',
      documentType: 'ID_CARD',
      token: null,
      images: { FRONT: picture, BACK: picture, FACE: picture },
    },
    { signal, onProgress: () => undefined },
  );
  if (!outcome.ok) return outcome.error.code;
  return outcome.value.reconciled ? 'RECONCILED' : 'DELIVERED';
};

/** What a person sees when `/process` meets the fault: at once, and at the press a minute later. */
const SEEN: Readonly<Record<FaultName, readonly [string, string]>> = {
  UNAUTHORIZED: ['MARKID_UNAUTHORIZED', 'DELIVERED'],
  UNAUTHORIZED_BARE: ['MARKID_UNAUTHORIZED', 'DELIVERED'],
  PAYMENT_REQUIRED: ['MARKID_PAYMENT_REQUIRED', 'DELIVERED'],
  PERMISSIONS_ERROR: ['MARKID_PERMISSIONS_ERROR', 'DELIVERED'],
  PERMISSIONS_ERROR_BARE: ['MARKID_PERMISSIONS_ERROR', 'DELIVERED'],
  PARTNER_CONTRACT_ERROR: ['MARKID_PARTNER_CONTRACT_ERROR', 'DELIVERED'],
  TOKEN_NOT_VALID: ['MARKID_TOKEN_NOT_VALID', 'DELIVERED'],
  MISSING_VALUE: ['MARKID_MISSING_VALUE', 'DELIVERED'],
  BAD_VALUE: ['MARKID_BAD_VALUE', 'DELIVERED'],
  VALIDATION_ERROR: ['MARKID_VALIDATION_ERROR', 'DELIVERED'],
  ENCODING_ERROR: ['MARKID_ENCODING_ERROR', 'DELIVERED'],
  JSON_ERROR: ['MARKID_JSON_ERROR', 'DELIVERED'],
  METHOD_NOT_ALLOWED: ['MARKID_METHOD_NOT_ALLOWED', 'DELIVERED'],
  CLIENT_BUSY: ['MARKID_CLIENT_BUSY', 'DELIVERED'],
  REQUEST_TOO_LARGE: ['MARKID_REQUEST_TOO_LARGE', 'DELIVERED'],
  TOO_MANY_REQUESTS: ['MARKID_TOO_MANY_REQUESTS', 'DELIVERED'],
  TOO_MANY_REQUESTS_RETRY_AFTER: ['MARKID_TOO_MANY_REQUESTS', 'DELIVERED'],
  INTERNAL_ERROR: ['MARKID_INTERNAL_ERROR', 'DELIVERED'],
  INTERNAL_ERROR_ACCEPTED: ['RECONCILED', 'RECONCILED'],
  BAD_GATEWAY: ['MARKID_INTERNAL_ERROR', 'DELIVERED'],
  BAD_GATEWAY_ACCEPTED: ['RECONCILED', 'RECONCILED'],
  SERVICE_UNAVAILABLE: ['MARKID_INTERNAL_ERROR', 'DELIVERED'],
  REDIRECT: ['MARKID_REDIRECTED', 'DELIVERED'],
  ACCEPTED_WITH_ERROR: ['MARKID_ACCEPTED_WITH_ERROR', 'DELIVERED'],
  UNREADABLE_200: ['RECONCILED', 'RECONCILED'],
  UNREADABLE_400: ['MARKID_ANSWER_UNREADABLE', 'DELIVERED'],
  RESET_BEFORE_BODY: ['ANSWER_LOST', 'DELIVERED'],
  RESET_MID_BODY: ['ANSWER_LOST', 'DELIVERED'],
  RESET_AFTER_BODY: ['ANSWER_LOST', 'DELIVERED'],
  RESET_AFTER_BODY_ACCEPTED: ['RECONCILED', 'RECONCILED'],
  SILENCE: ['ANSWER_LOST', 'DELIVERED'],
  SILENCE_ACCEPTED: ['RECONCILED', 'RECONCILED'],
  DRIP: ['DELIVERED', 'DELIVERED'],
  CUT_200: ['RECONCILED', 'RECONCILED'],
};

describe('against the simulator', () => {
  it.each(FAULT_NAMES.map((name) => [name, ...SEEN[name]] as const))(
    '%s on /process ends as %s, a minute later as %s, with one submission',
    async (name, atOnce, later) => {
      const clock = new FakeClock();
      const submission = submissionOf(clock);
      faults = [{ name, route: 'process' }];

      expect(await press(submission)).toBe(atOnce);
      expect(faults).toEqual([]);
      await clock.advance(60_000);
      expect(await press(submission)).toBe(later);
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
