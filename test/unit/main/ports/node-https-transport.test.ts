import type { Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesBody, type Trust } from '../../../../main/ports/http-transport.ts';
import { makeCertificate, type TestCertificate } from '../../../support/certificates.ts';
import { answerEmpty, sendTo, startServer, startTcp, type TestServer } from './test-server.ts';

/** Far more than socket buffers of both sides hold, so that an upload can be seen half done. */
const LARGE = bytesBody(Buffer.alloc(16_000_000, 'a'));

const lost = { ok: false, error: { code: 'ANSWER_LOST' } };
const unreachable = { ok: false, error: { code: 'NETWORK_UNREACHABLE' } };

let authority: TestCertificate;
let identity: TestCertificate;

beforeAll(async () => {
  authority = await makeCertificate({ subject: 'CN=bank authority', isCa: true });
  identity = await makeCertificate({ issuer: authority });
});

const trusting = (server: TestServer): Trust => ({
  origin: server.origin,
  extraCaPem: authority.certificatePem,
});

describe('node https transport', () => {
  it('sends method, path, headers and the exact body with its length, and returns the answer', async () => {
    let seen: { method?: string; url?: string; headers?: object; body?: Buffer } = {};
    const server = await startServer(identity, (request, response) => {
      const { method = '', url = '', headers } = request;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen = { method, url, headers, body: Buffer.concat(chunks) };
        response.writeHead(429, { 'Retry-After': '30' }).end('{"a":1}');
      });
    });
    const body = Buffer.from('exactly this: ąčę');

    const answer = await sendTo(trusting(server), {
      body: bytesBody(body),
      path: '/api/v2/token?x=1',
    });

    expect(answer).toEqual({
      ok: true,
      value: { status: 429, retryAfterSeconds: 30, body: Buffer.from('{"a":1}') },
    });
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/api/v2/token?x=1',
      headers: { authorization: 'Basic c2VjcmV0', 'content-length': String(body.byteLength) },
      body,
    });
    expect(seen.headers).not.toHaveProperty('transfer-encoding');
    expect(server.receivedBytes()).toBeGreaterThan(body.byteLength);
  });

  it('sends a large body whole and reports progress that only grows and ends at its size', async () => {
    let received = 0;
    const server = await startServer(identity, (request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.byteLength;
      });
      request.on('end', () => response.end());
    });
    const progress: number[] = [];

    const answer = await sendTo(
      trusting(server),
      { body: LARGE },
      { onSent: (sentBytes) => progress.push(sentBytes) },
    );

    expect(answer).toMatchObject({ ok: true, value: { status: 200, retryAfterSeconds: null } });
    expect(received).toBe(LARGE.sizeBytes);
    expect(progress.at(-1)).toBe(LARGE.sizeBytes);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(10);
  });

  it('reads a refusal that comes before the whole body was read, and stops sending', async () => {
    const server = await startServer(identity, (request, response) => {
      request.once('data', () => {
        request.pause();
        response.writeHead(413, { 'Content-Length': 2, Connection: 'close' }).end('{}');
      });
    });

    const answer = await sendTo(trusting(server), { body: LARGE });

    expect(answer).toMatchObject({ ok: true, value: { status: 413, body: Buffer.from('{}') } });
    expect(server.receivedBytes()).toBeLessThan(LARGE.sizeBytes);
  });

  it('stops sending as soon as a refusal begins, and waits for its end', async () => {
    let isWhole = false;
    const server = await startServer(identity, (request, response) => {
      const end = (): void => {
        clearTimeout(quiet);
        response.end('}');
      };
      // Ends the answer when the body stops coming, or, should it not stop, after all of it.
      const quiet = setTimeout(end, 100);
      response.writeHead(413, { 'Content-Length': 2 }).write('{');
      request.on('data', () => quiet.refresh());
      request.on('end', () => {
        isWhole = true;
        end();
      });
    });

    const answer = await sendTo(trusting(server), { body: LARGE });

    expect(answer).toMatchObject({ ok: true, value: { status: 413, body: Buffer.from('{}') } });
    expect(isWhole).toBe(false);
  });

  it('does not believe a success that comes before the whole body was sent', async () => {
    const server = await startServer(identity, (request, response) => {
      request.once('data', () => {
        request.pause();
        response.writeHead(200, { 'Content-Length': 0 }).end();
      });
    });

    expect(await sendTo(trusting(server), { body: LARGE })).toEqual(lost);
  });

  it('reports ANSWER_LOST when the connection breaks in the middle of the body', async () => {
    const server = await startServer(identity, (request) => {
      request.once('data', () => request.socket.destroy());
    });

    expect(await sendTo(trusting(server), { body: LARGE })).toEqual(lost);
  });

  it('reports ANSWER_LOST when the connection breaks after the body', async () => {
    const server = await startServer(identity, (request) => {
      request.resume().on('end', () => request.socket.destroy());
    });

    expect(await sendTo(trusting(server))).toEqual(lost);
  });

  it('reports ANSWER_LOST when the answer is cut', async () => {
    const server = await startServer(identity, (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('{"half', () => request.socket.destroy());
      });
    });

    expect(await sendTo(trusting(server))).toEqual(lost);
  });

  it('reports ANSWER_LOST when the answer is not HTTP', async () => {
    const server = await startServer(identity, (request) => {
      request.resume().on('end', () => request.socket.end('SMTP ready\r\n\r\n'));
    });

    expect(await sendTo(trusting(server))).toEqual(lost);
  });

  it('reports ANSWER_LOST when the answer is longer than allowed', async () => {
    const server = await startServer(identity, (request, response) => {
      request.resume().on('end', () => response.end('x'.repeat(1001)));
    });

    expect(await sendTo(trusting(server), { maxAnswerBytes: 1000 })).toEqual(lost);
    expect(await sendTo(trusting(server), { maxAnswerBytes: 1001 })).toMatchObject({ ok: true });
  });

  it('reports ANSWER_LOST after too long a silence', async () => {
    const server = await startServer(identity, () => undefined);

    expect(await sendTo(trusting(server), { idleTimeoutMs: 150 })).toEqual(lost);
  });

  it('ends an answer that drips without silence when the whole time is up', async () => {
    const server = await startServer(identity, (request, response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      const drip = setInterval(() => response.write('x'), 20);
      request.socket.on('close', () => {
        clearInterval(drip);
      });
      request.resume();
    });

    expect(await sendTo(trusting(server), { idleTimeoutMs: 5000, timeoutMs: 300 })).toEqual(lost);
  });

  it('reports NETWORK_UNREACHABLE when nothing listens', async () => {
    const server = await startServer(identity, answerEmpty);
    await server.stop();
    expect(await sendTo(trusting(server))).toEqual(unreachable);
  });

  it('reports NETWORK_UNREACHABLE when the name has no address', async () => {
    expect(await sendTo({ origin: 'https://nowhere.invalid' })).toEqual(unreachable);
  });

  it.each([
    ['meets silence', () => undefined],
    ['is broken off', (socket: Socket) => socket.destroy()],
  ])('reports NETWORK_UNREACHABLE when the handshake %s', async (_what, onConnection) => {
    const origin = await startTcp(onConnection);
    expect(await sendTo({ origin }, { idleTimeoutMs: 150 })).toEqual(unreachable);
  });

  it('reports SEND_CANCELLED and connects to nobody when the caller has given up before', async () => {
    const server = await startServer(identity, answerEmpty);

    expect(await sendTo(trusting(server), {}, { signal: AbortSignal.abort() })).toEqual({
      ok: false,
      error: { code: 'SEND_CANCELLED' },
    });
    expect(server.receivedBytes()).toBe(0);
  });

  it('reports SEND_CANCELLED when the caller gives up during the handshake', async () => {
    const caller = new AbortController();
    const origin = await startTcp(() => {
      caller.abort();
    });
    expect(await sendTo({ origin }, {}, { signal: caller.signal })).toEqual({
      ok: false,
      error: { code: 'SEND_CANCELLED' },
    });
  });

  it('reports ANSWER_LOST when the caller gives up once the body is under way', async () => {
    const caller = new AbortController();
    const server = await startServer(identity, (request) => {
      request.once('data', () => {
        caller.abort();
      });
    });

    expect(await sendTo(trusting(server), { body: LARGE }, { signal: caller.signal })).toEqual(
      lost,
    );
  });
});
