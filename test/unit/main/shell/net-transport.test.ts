import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNetTransport } from '../../../../main/shell/net-transport.ts';
import { asked, BODY, failure, latestRequest, REQUEST, reset, respond, start } from './fake-net.ts';

vi.mock('electron', () => import('./fake-net.ts'));

const ORIGIN = 'https://ivs.markid.test';
const plain = () => createNetTransport({ origin: ORIGIN });

beforeEach(() => {
  vi.useFakeTimers();
  reset();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('net transport', () => {
  it('sends the body as one buffer and returns the answer', async () => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    const incoming = respond(outgoing, 429, { 'retry-after': '30' });
    incoming.emit('data', Buffer.from('{"a"'));
    incoming.emit('data', Buffer.from(':1}'));
    incoming.emit('end');

    expect(await outcome).toEqual({
      ok: true,
      value: { status: 429, retryAfterSeconds: 30, body: Buffer.from('{"a":1}') },
    });
    expect(outgoing.body).toEqual(BODY);
  });

  it('leaves no timer behind', async () => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    respond(outgoing, 200).emit('end');
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('asks for no credentials, cookies, cache or redirects, and sets no restricted header', async () => {
    await start(plain());
    const [options] = asked.options;
    expect(options).toMatchObject({
      method: 'POST',
      url: `${ORIGIN}/api/v2/process`,
      headers: REQUEST.headers,
      credentials: 'omit',
      useSessionCookies: false,
      redirect: 'manual',
      cache: 'no-store',
    });
    expect(options?.session).toBe(asked.sessions[0]);
    expect(Object.keys(options?.headers ?? {})).not.toContain('Content-Length');
  });

  it('has a session of its own for each trust, in memory and without a cache', () => {
    createNetTransport({ origin: ORIGIN });
    createNetTransport({ origin: ORIGIN, extraCaPem: 'pem' });
    createNetTransport({ origin: 'https://127.0.0.1:8443' });
    createNetTransport({ origin: ORIGIN });
    const names = asked.sessions.map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    expect(names[3]).toBe(names[0]);
    for (const { name, options } of asked.sessions) {
      expect(name).not.toMatch(/^persist:/);
      expect(options).toEqual({ cache: false });
    }
  });

  it('sends one request after the other, each on fresh connections', async () => {
    const transport = createNetTransport({ origin: ORIGIN });
    const first = await start(transport);
    const second = await start(transport);
    expect(asked.requests).toHaveLength(1);

    respond(latestRequest(), 200).emit('end');
    await first.outcome;
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.requests).toHaveLength(2);
    expect(asked.sessions[0]?.closings).toBe(2);

    respond(latestRequest(), 200).emit('end');
    expect(await second.outcome).toMatchObject({ ok: true });
  });

  it('sends one request after the other also when two transports have the same trust', async () => {
    const first = await start(plain());
    const second = await start(plain());
    expect(asked.requests).toHaveLength(1);
    expect(asked.sessions[0]?.closings).toBe(1);

    respond(latestRequest(), 200).emit('end');
    await first.outcome;
    await vi.advanceTimersByTimeAsync(0);
    respond(latestRequest(), 200).emit('end');
    expect(await second.outcome).toMatchObject({ ok: true });
    expect(asked.requests).toHaveLength(2);
  });

  it('goes on after a request that ended in a fault of our own', async () => {
    const transport = createNetTransport({ origin: ORIGIN });
    const { makeRequest } = asked;
    asked.makeRequest = () => {
      throw new Error('bug');
    };
    await expect(transport.send(REQUEST, { signal: new AbortController().signal })).rejects.toThrow(
      'bug',
    );
    asked.makeRequest = makeRequest;
    const { outcome } = await start(transport);
    const outgoing = latestRequest();
    respond(outgoing, 200).emit('end');
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('reports the progress of the upload', async () => {
    const progress: number[] = [];
    await start(plain(), {}, { onSent: (sent) => progress.push(sent) });
    const outgoing = latestRequest();
    await vi.advanceTimersByTimeAsync(200);
    for (const current of [4, 4, 13]) {
      outgoing.progress = { active: true, started: true, current, total: 13 };
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(progress).toEqual([4, 13]);
  });

  it('counts what left between two looks as soon as there is an answer', async () => {
    const progress: number[] = [];
    const { outcome } = await start(plain(), {}, { onSent: (sent) => progress.push(sent) });
    const outgoing = latestRequest();
    outgoing.progress = { active: true, started: true, current: 13, total: 13 };
    respond(outgoing, 200).emit('end');
    expect(await outcome).toMatchObject({ ok: true });
    expect(progress).toEqual([13]);
  });

  it.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'NETWORK_UNREACHABLE'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'PROXY_REFUSED'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'TLS_NOT_TRUSTED'],
    ['net::ERR_CONNECTION_RESET', 'ANSWER_LOST'],
    ['something else', 'ANSWER_LOST'],
  ])('reports %s as %s', async (message, code) => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    outgoing.emit('error', new Error(message));
    expect(await outcome).toEqual(failure(code));
  });

  it('reports ANSWER_LOST for any error once bytes of the body are known to have left', async () => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    outgoing.progress = { active: true, started: true, current: 1, total: 13 };
    outgoing.emit('error', new Error('net::ERR_ADDRESS_UNREACHABLE'));
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
  });

  it.each(['aborted', 'error'])('reports ANSWER_LOST when the answer ends in %j', async (name) => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    const incoming = respond(outgoing, 200);
    incoming.emit('data', Buffer.from('{'));
    incoming.emit(name, new Error('net::ERR_CONTENT_LENGTH_MISMATCH'));
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
  });

  it('reports ANSWER_LOST and stops when the answer is longer than allowed', async () => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    respond(outgoing, 200).emit('data', Buffer.alloc(101));
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
    expect(outgoing.isAborted).toBe(true);
  });

  it('reports ANSWER_LOST after too long a silence, which progress interrupts', async () => {
    const { outcome } = await start(plain(), { idleTimeoutMs: 1000 });
    const outgoing = latestRequest();
    let isOver = false;
    void outcome.then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(900);
    outgoing.progress = { active: true, started: true, current: 5, total: 13 };
    await vi.advanceTimersByTimeAsync(900);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(400);
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
    expect(outgoing.isAborted).toBe(true);
  });

  it('ends an answer that drips without silence when the whole time is up', async () => {
    const { outcome } = await start(plain(), { idleTimeoutMs: 1000, timeoutMs: 5000 });
    const outgoing = latestRequest();
    const incoming = respond(outgoing, 200);
    for (let at = 0; at < 11; at += 1) {
      incoming.emit('data', Buffer.from('x'));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
  });

  it('reports SEND_CANCELLED and asks nobody when the caller has given up before', async () => {
    const { outcome } = await start(plain(), {}, { signal: AbortSignal.abort() });
    expect(await outcome).toEqual(failure('SEND_CANCELLED'));
    expect(asked.requests).toEqual([]);
  });

  it('reports SEND_CANCELLED when the caller gives up while another request is under way', async () => {
    const transport = createNetTransport({ origin: ORIGIN });
    const caller = new AbortController();
    await start(transport);
    const second = await start(transport, {}, { signal: caller.signal });
    caller.abort();
    respond(latestRequest(), 200).emit('end');
    expect(await second.outcome).toEqual(failure('SEND_CANCELLED'));
    expect(asked.requests).toHaveLength(1);
  });

  it('reports ANSWER_LOST when the caller gives up after the request was handed over', async () => {
    const caller = new AbortController();
    const { outcome } = await start(plain(), {}, { signal: caller.signal });
    const outgoing = latestRequest();
    caller.abort();
    expect(await outcome).toEqual(failure('ANSWER_LOST'));
    expect(outgoing.isAborted).toBe(true);
  });
});
