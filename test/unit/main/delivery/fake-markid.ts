/**
 * Mark ID as a script behind the real client: mints numbered tokens, answers `/process` and
 * `/status` as told, and keeps a log that says what was POSTed when and on which grounds.
 */
import { z } from 'zod';
import { createMarkIdClient, type MarkIdClient } from '../../../../main/markid/client.ts';
import type { HttpRun, HttpTransport } from '../../../../main/ports/http-transport.ts';
import type { FakeClock } from '../../../support/fake-clock.ts';
import { answer, broken, bytesOf, scriptedTransport } from '../markid/scripted-transport.ts';

export type Reply = Awaited<ReturnType<HttpTransport['send']>>;

export type LogEntry =
  | {
      readonly call: 'token';
      readonly clientId: string;
      readonly externalRef: string;
      readonly hasBill: boolean;
    }
  | {
      readonly call: 'process';
      readonly authToken: string;
      readonly isBodyGone: boolean;
      /** Mark ID took it and said so. */
      readonly isTaken: boolean;
      readonly endedAtMs: number;
    }
  | {
      readonly call: 'status';
      readonly scanRef: string;
      readonly status: string | null;
      readonly askedAtMs: number;
    };

export interface FakeMarkId {
  readonly client: MarkIdClient;
  readonly transport: HttpTransport;
  /** Runs while a request is under way, before any byte of its body is read. */
  during: (path: string, run: HttpRun) => Promise<void> | void;
  readonly log: LogEntry[];
  /** Replies of the next calls, in order; a good one where the list is empty. */
  readonly next: { token: Reply[]; process: Reply[]; status: Reply[] };
  calls(): string;
}

const NEVER_SENT: ReadonlySet<string> = new Set([
  'NETWORK_UNREACHABLE',
  'PROXY_REFUSED',
  'TLS_NOT_TRUSTED',
  'ORIGIN_NOT_ALLOWED',
  'SEND_CANCELLED',
]);

const sent = z.object({
  authToken: z.string().default(''),
  clientId: z.string().default(''),
  externalRef: z.string().default(''),
  scanRef: z.string().default(''),
  utilityBill: z.boolean().default(false),
});
const answered = z
  .string()
  .transform((text): unknown => (text.startsWith('{') ? JSON.parse(text) : null))
  .pipe(z.object({ status: z.string() }));

/** The scan reference that belongs to a token of this fake. */
export const scanRefOf = (authToken: string): string => authToken.replace('token', 'scan');

export const statusIs = (status: string): Reply => answer(200, { status });
export { answer, broken };

export const fakeMarkId = (clock: FakeClock): FakeMarkId => {
  const log: LogEntry[] = [];
  const next: FakeMarkId['next'] = { token: [], process: [], status: [] };
  let minted = 0;

  const transport = scriptedTransport(async ({ path, body }, run) => {
    const askedAtMs = clock.monotonicMs();
    await markId.during(path, run);
    const json: unknown = JSON.parse((await bytesOf(body)).toString('utf8'));
    const { authToken, clientId, externalRef, scanRef, utilityBill } = sent.parse(json);
    if (path === '/api/v2/token') {
      log.push({ call: 'token', clientId, externalRef, hasBill: utilityBill });
      const scripted = next.token.shift();
      if (scripted !== undefined) return scripted;
      minted += 1;
      const fresh = `token-${String(minted).padStart(6, '0')}`;
      return answer(200, { authToken: fresh, scanRef: scanRefOf(fresh) });
    }
    if (path === '/api/v2/process') {
      run.onSent?.(body.sizeBytes);
      const reply = next.process.shift() ?? answer(200);
      log.push({
        call: 'process',
        authToken,
        isBodyGone: reply.ok || !NEVER_SENT.has(reply.error.code),
        isTaken: reply.ok && reply.value.status === 200 && reply.value.body.byteLength === 0,
        endedAtMs: clock.monotonicMs(),
      });
      return reply;
    }
    const reply = next.status.shift() ?? statusIs('REVIEWING');
    const told = reply.ok
      ? answered.safeParse(Buffer.from(reply.value.body).toString('utf8'))
      : null;
    const status = told?.success === true ? told.data.status : null;
    log.push({ call: 'status', scanRef, status, askedAtMs });
    return reply;
  });

  const markId: FakeMarkId = {
    during: () => undefined,
    transport,
    client: createMarkIdClient({ transport, credentials: { apiKey: 'k', apiSecret: 's' } }),
    log,
    next,
    calls: () =>
      log
        .map((entry) => (entry.call === 'process' ? `process ${entry.authToken}` : entry.call))
        .join(', '),
  };
  return markId;
};
