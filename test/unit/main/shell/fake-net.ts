/** Electron's `net` and `session` as the net transport sees them, and what was asked of them. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import {
  bytesBody,
  type HttpRequest,
  type HttpRun,
} from '../../../../main/ports/http-transport.ts';
import type { createNetTransport } from '../../../../main/shell/net-transport.ts';

export class FakeRequest extends EventEmitter {
  body: Buffer | null = null;
  isAborted = false;
  progress: object = { active: false };
  end(body: Buffer): void {
    this.body = body;
    // As Electron does: both come long before the answer (electron#47096).
    queueMicrotask(() => {
      this.emit('finish');
      this.emit('close');
    });
  }
  abort(): void {
    this.isAborted = true;
    queueMicrotask(() => this.emit('abort'));
  }
  getUploadProgress(): object {
    return this.progress;
  }
}

type Verify = (
  shown: { hostname: string; certificate: object; errorCode: number },
  callback: (verdict: number) => void,
) => void;

interface FakeSession {
  readonly name: string;
  readonly options: unknown;
  verify: Verify | null;
  closings: number;
}

interface RequestOptions {
  readonly headers: object;
  readonly session: unknown;
}

/** Everything asked since `reset`. */
export const asked = {
  options: [] as RequestOptions[],
  requests: [] as FakeRequest[],
  /** One entry for each time a session was asked for. */
  sessions: [] as FakeSession[],
  makeRequest: () => new FakeRequest(),
};

export const reset = (): void => {
  asked.options.length = 0;
  asked.requests.length = 0;
  asked.sessions.length = 0;
  asked.makeRequest = () => new FakeRequest();
};

export const net = {
  request: (options: RequestOptions): FakeRequest => {
    const request = asked.makeRequest();
    asked.options.push(options);
    asked.requests.push(request);
    return request;
  },
};

export const session = {
  fromPartition: (name: string, options: unknown) => {
    const known = asked.sessions.find((session) => session.name === name);
    if (known !== undefined) {
      asked.sessions.push(known);
      return known;
    }
    const made = {
      name,
      options,
      verify: null as Verify | null,
      closings: 0,
      setCertificateVerifyProc: (proc: Verify) => {
        made.verify = proc;
      },
      closeAllConnections: () => {
        made.closings += 1;
        return Promise.resolve();
      },
    };
    asked.sessions.push(made);
    return made;
  },
};

export const BODY = Buffer.from('{"images":{}}');

export const REQUEST: HttpRequest = {
  method: 'POST',
  path: '/api/v2/process',
  headers: { Authorization: 'Basic c2VjcmV0', 'Content-Type': 'application/json' },
  body: bytesBody(BODY),
  timeoutMs: 60_000,
  idleTimeoutMs: 10_000,
  maxAnswerBytes: 100,
};

export const failure = (code: string) => ({ ok: false, error: { code } });

/** The request made last. Throws when there is none. */
export const latestRequest = (): FakeRequest => {
  const request = asked.requests.at(-1);
  if (request === undefined) throw new Error('Electron was not asked for a request.');
  return request;
};

/** Starts to send and waits until Electron was asked, if it will be. Needs fake timers. */
export const start = async (
  transport: ReturnType<typeof createNetTransport>,
  change: Partial<HttpRequest> = {},
  run: Partial<HttpRun> = {},
) => {
  const outcome = transport.send(
    { ...REQUEST, ...change },
    { signal: new AbortController().signal, ...run },
  );
  await vi.advanceTimersByTimeAsync(0);
  return { outcome };
};

/** Begins an answer to a request. */
export const respond = (
  outgoing: FakeRequest,
  statusCode: number,
  headers: object = {},
): EventEmitter => {
  const incoming = Object.assign(new EventEmitter(), { statusCode, headers });
  outgoing.emit('response', incoming);
  return incoming;
};
