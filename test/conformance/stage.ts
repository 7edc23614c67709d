/**
 * Where one case plays: real servers on loopback that count what reaches them, and the end of the
 * wire that sends. Sees by itself what no case may show: bytes of a body that are not the body's,
 * a length that was not announced, progress that goes back or stops short.
 */
import type { ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Trust } from '../../main/ports/http-transport.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { faultsInOrder, type FaultOrder } from '../../main/training/fault-plan.ts';
import type { Journal } from '../../main/training/journal.ts';
import { startSimulator } from '../../main/training/simulator.ts';
import type { TestCertificate } from '../support/certificates.ts';
import type { Received } from './conformance-case.ts';
import type { Identities } from './identities.ts';
import type { Proxy } from './proxy.ts';
import { startCountingServer, startTcpServer, type Handler, type Tally } from './servers.ts';
import type { WireEnd, WireOutcome, WireRequest } from './wire-end.ts';

/** Enough for connections that are ending to be seen ended, and for a repetition to be seen begun. */
const SETTLE_MS = 150;
/** Longest wait for the simulator to tell of requests that began. */
const TOLD_MS = 2_000;
const STEP_MS = 10;

const waitUntil = async (isSo: () => boolean, longestMs: number): Promise<void> => {
  for (let waitedMs = 0; waitedMs < longestMs && !isSo(); waitedMs += STEP_MS) await sleep(STEP_MS);
};

/** More than the socket buffers of both sides hold: an upload of it can be seen half done. */
export const LARGE_BYTES = 16_000_000;

export type SendWish = Partial<WireRequest> & { readonly trust: Trust };

export class Stage {
  readonly identities: Identities;
  readonly proxy: Proxy | null;
  readonly violations: string[] = [];
  readonly #end: WireEnd;
  readonly #tally: Tally = { requests: 0, receivedBytes: 0, bodyBytes: 0, sockets: new Set() };
  readonly #stops: (() => Promise<void>)[] = [];
  readonly #journals: { readonly told: () => number; readonly journal: Journal }[] = [];
  #wantedBytes = 0;
  #lastProgress: readonly number[] = [];

  constructor(end: WireEnd, identities: Identities, proxy: Proxy | null) {
    this.#end = end;
    this.identities = identities;
    this.proxy = proxy;
  }

  /** A server with the authority's certificate, and a client's trust in it. */
  async serve(
    handler: Handler,
    identity: TestCertificate = this.identities.server,
    options: ServerOptions = {},
  ): Promise<Trust> {
    const server = await startCountingServer(
      { identity, options, handler },
      this.#tally,
      this.violations,
    );
    this.#stops.push(server.stop);
    return { origin: server.origin, extraCaPem: this.identities.authority.certificatePem };
  }

  /** A bare TCP listener; its origin as a trust that adds nothing. */
  async listen(onConnection: (socket: Socket) => void): Promise<Trust> {
    const server = await startTcpServer(onConnection, this.#tally);
    this.#stops.push(server.stop);
    return { origin: server.origin };
  }

  /** The product's own simulator, misbehaving as told. */
  async simulate(...orders: readonly FaultOrder[]): Promise<Trust> {
    let told = 0;
    const started = await startSimulator({
      clock: systemClock,
      random: systemRandom,
      faults: faultsInOrder(orders),
      onRequest: ({ receivedBytes }) => {
        told += 1;
        this.#tally.requests += 1;
        this.#tally.receivedBytes += 1;
        this.#tally.bodyBytes += receivedBytes;
      },
    });
    if (!started.ok) throw new Error(started.error.code);
    this.#stops.push(started.value.stop);
    this.#journals.push({ told: () => told, journal: started.value.journal });
    return { origin: started.value.origin, pinnedCertificatePem: started.value.certificatePem };
  }

  /** Sends one request; what `wish` leaves out is small, quick and patient. */
  async send(wish: SendWish, signal?: AbortSignal): Promise<WireOutcome> {
    const request: WireRequest = {
      path: '/api/v2/process',
      body: { sizeBytes: 1000 },
      timeoutMs: 10_000,
      idleTimeoutMs: 5_000,
      maxAnswerBytes: 10_000,
      ...wish,
    };
    const { sizeBytes } = request.body;
    this.#wantedBytes += sizeBytes;
    const id = crypto.randomUUID();
    const giveUp = (): void => void this.#end.abort(id);
    if (signal?.aborted === true) await this.#end.abort(id);
    signal?.addEventListener('abort', giveUp);
    const { outcome, progress } = await this.#end.send(id, request);
    signal?.removeEventListener('abort', giveUp);

    if (progress.some((sent, index) => sent <= (progress[index - 1] ?? 0)))
      this.violations.push('progress that does not grow');
    const lastBytes = progress.at(-1) ?? 0;
    if (lastBytes > sizeBytes) this.violations.push('progress past the end');
    if (typeof outcome === 'object' && outcome.status < 300 && lastBytes !== sizeBytes)
      this.violations.push(`a success after ${lastBytes} of ${sizeBytes} bytes`);
    this.#lastProgress = progress;
    return outcome;
  }

  /** What was told of the request that ended last. */
  get lastProgress(): readonly number[] {
    return this.#lastProgress;
  }

  /** What the servers have counted, once connections that are ending have ended. */
  async counts(): Promise<{ requests: number; received: Received; tunnels: number }> {
    const { sockets } = this.#tally;
    await waitUntil(() => [...sockets].every((socket) => socket.closed), SETTLE_MS);
    await waitUntil(
      () => this.#journals.every(({ told, journal }) => told() === journal.requestCount('process')),
      TOLD_MS,
    );
    await this.stop();
    const { requests, receivedBytes, bodyBytes } = this.#tally;
    const received = (): Received => {
      if (receivedBytes === 0) return 'nothing';
      if (bodyBytes === 0) return 'headers';
      return bodyBytes < this.#wantedBytes ? 'part' : 'whole';
    };
    return { requests, received: received(), tunnels: this.proxy?.tunnels() ?? 0 };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.splice(0).map((stop) => stop()));
  }
}
