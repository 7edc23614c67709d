/**
 * A Mark ID server that shares no code with the product: node:https and the documented wire format,
 * with an OpenSSL-style certificate made by the test's own authority. Answers what it is told to.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ForeignRequest {
  readonly path: string;
  readonly authorization: string;
  readonly body: Record<string, unknown>;
}

export interface ForeignAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ForeignMarkId {
  readonly origin: string;
  readonly requests: ForeignRequest[];
  readonly port: number;
  /** Answers to /process, used up in turn; the last one stays. */
  answers: ForeignAnswer[];
  /** What /status says of every verification. */
  status: string;
  stop(): Promise<void>;
}

const MAX_REQUEST_BYTES = 20_000_000;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_REQUEST_BYTES) throw new Error('larger than Mark ID takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Starts the server on 127.0.0.1, on an ephemeral port unless one is named. */
export const startForeignMarkId = async (
  identity: { readonly certificatePem: string; readonly privateKeyPem: string },
  wantedPort = 0,
): Promise<ForeignMarkId> => {
  const requests: ForeignRequest[] = [];
  let tokens = 0;
  const state: { answers: ForeignAnswer[]; status: string } = {
    answers: [{ status: 200 }],
    status: 'ACTIVE',
  };

  const answerTo = (path: string): ForeignAnswer => {
    if (path === '/api/v2/token') {
      tokens += 1;
      const authToken = `foreign-token-${String(tokens).padStart(4, '0')}`;
      return {
        status: 200,
        body: JSON.stringify({
          message: 'Token created successfully',
          authToken,
          scanRef: `foreign-scan-${tokens}`,
          clientId: 'x',
        }),
      };
    }
    if (path === '/api/v2/status')
      return { status: 200, body: JSON.stringify({ status: state.status }) };
    if (path !== '/api/v2/process') return { status: 404 };
    return (state.answers.length > 1 ? state.answers.shift() : state.answers[0]) ?? { status: 500 };
  };

  const server: Server = createServer(
    { cert: identity.certificatePem, key: identity.privateKeyPem },
    (request: IncomingMessage, response: ServerResponse) => {
      readBody(request).then(
        (text) => {
          const path = request.url ?? '';
          requests.push({
            path,
            authorization: request.headers.authorization ?? '',
            body: JSON.parse(text) as Record<string, unknown>,
          });
          const answer = answerTo(path);
          response.writeHead(answer.status, { ...answer.headers });
          response.end(answer.body);
          return undefined;
        },
        () => request.destroy(),
      );
    },
  );
  await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    port,
    requests,
    get status() {
      return state.status;
    },
    set status(next) {
      state.status = next;
    },
    get answers() {
      return state.answers;
    },
    set answers(next) {
      state.answers = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
