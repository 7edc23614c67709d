/** A plain HTTPS client and good requests for the simulator's tests. Nothing of the product's own client. */
import { Agent, request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { setTimeout } from 'node:timers/promises';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../../main/training/simulator.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { pngOfClaimedSize } from '../../../support/pictures.ts';

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** `hasHead`: the status line had come. `syscall` tells a reset (`read`, `write`) from a mere end. */
export interface Broken {
  readonly kind: 'broken';
  readonly code: string;
  readonly syscall: string | null;
  readonly hasHead: boolean;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
}

export const PICTURE = pngOfClaimedSize({ widthPx: 1600, heightPx: 1000 });
export const IMAGE = PICTURE.toString('base64');

export const basic = (apiKey: string, apiSecret: string): string =>
  `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

const LOOK_AGAIN_MS = 5;

/** Waits for what happens on the other side; long, for machines with much to do. */
export const until = async (isThere: () => boolean, timeoutMs = 15_000): Promise<void> => {
  const deadlineMs = performance.now() + timeoutMs;
  while (!isThere()) {
    if (performance.now() > deadlineMs) throw new Error('it did not happen in time');
    await setTimeout(LOOK_AGAIN_MS);
  }
};

/** Sends a body to a path and tells what came of it; never throws. */
export const send = (
  simulator: Simulator,
  path: string,
  body: string | Uint8Array,
  call: Call = {},
): Promise<Answered | Broken> =>
  new Promise((resolve) => {
    let hasHead = false;
    const broken = (error: NodeJS.ErrnoException): void =>
      resolve({
        kind: 'broken',
        code: error.code ?? error.name,
        syscall: error.syscall ?? null,
        hasHead,
      });
    const outgoing = request(`${simulator.origin}${path}`, {
      method: call.method ?? 'POST',
      ca: [simulator.certificatePem],
      agent: call.agent ?? false,
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      headers: {
        authorization: basic(simulator.credentials.apiKey, simulator.credentials.apiSecret),
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        ...call.headers,
      },
    });
    outgoing.on('error', broken);
    outgoing.on('response', (answer) => {
      hasHead = true;
      const parts: Buffer[] = [];
      answer.on('error', broken);
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({
          kind: 'answered',
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    outgoing.end(body);
  });

/** Sends JSON to a route, over a kept connection where there is one; throws when there is no answer. */
export const call = async (
  simulator: Running,
  route: string,
  body: unknown,
  options: Call = {},
): Promise<Answered> => {
  const outcome = await send(simulator, `/api/v2/${route}`, JSON.stringify(body), {
    agent: simulator.agent,
    ...options,
  });
  if (outcome.kind === 'broken') throw new Error(`no answer: ${outcome.code}`);
  return outcome;
};

export const json = (answer: Answered): Record<string, unknown> => {
  const value: unknown = JSON.parse(answer.text);
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return { ...value };
};

/** Status and identifier of a refusal, e.g. `400 BAD_VALUE`; `-` without one. */
export const reason = (answer: Answered): string => {
  const { identifier } = json(answer);
  return `${answer.status} ${typeof identifier === 'string' ? identifier : '-'}`;
};

export interface Minted {
  readonly authToken: string;
  readonly scanRef: string;
}

/** A token for a client of its own. */
export const mint = async (
  simulator: Running,
  order: Readonly<Record<string, unknown>> = {},
): Promise<Minted> => {
  const answer = await call(simulator, 'token', { clientId: `client-${nextClient()}`, ...order });
  const { authToken, scanRef } = json(answer);
  if (typeof authToken !== 'string' || typeof scanRef !== 'string') {
    throw new Error(`no token: ${answer.status}`);
  }
  return { authToken, scanRef };
};

let clients = 0;
const nextClient = (): number => {
  clients += 1;
  return clients;
};

/** A submission the simulator takes. */
export const submission = (
  authToken: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  authToken,
  country: 'LT',
  documentType: 'PASSPORT',
  images: { FRONT: IMAGE, FACE: IMAGE },
  ...changes,
});

export const statusOf = async (simulator: Running, scanRef: string): Promise<unknown> =>
  json(await call(simulator, 'status', { scanRef }))['status'];

export interface Running extends Simulator {
  readonly clock: FakeClock;
  /** Keeps connections, so that a test of many requests is not one of many handshakes. */
  readonly agent: Agent;
}

/** A simulator whose clock stands at now, because its certificate is judged by the machine's. */
export const start = async (options: Partial<SimulatorOptions> = {}): Promise<Running> => {
  const clock = new FakeClock(Date.now());
  const started = await startSimulator({ clock, random: seededRandom(7), ...options });
  if (!started.ok) throw new Error(started.error.code);
  const simulator = started.value;
  const agent = new Agent({ keepAlive: true });
  const stop = async (): Promise<void> => {
    agent.destroy();
    await simulator.stop();
  };
  return { ...simulator, clock, agent, stop };
};

/** A TLS connection for requests no HTTP client would send. */
export const openConnection = (simulator: Simulator): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port: simulator.port, ca: [simulator.certificatePem] },
      () => resolve(socket),
    );
    socket.once('error', reject);
  });

/** The head of a request, for `openConnection`. */
export const headOf = (simulator: Simulator, route: string, bodyBytes: number): string =>
  [
    `POST /api/v2/${route} HTTP/1.1`,
    `host: 127.0.0.1:${simulator.port}`,
    `authorization: ${basic(simulator.credentials.apiKey, simulator.credentials.apiSecret)}`,
    'content-type: application/json',
    `content-length: ${bodyBytes}`,
    '',
    '',
  ].join('\r\n');
