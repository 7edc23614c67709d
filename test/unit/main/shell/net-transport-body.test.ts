import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpBody } from '../../../../main/ports/http-transport.ts';
import { createNetTransport } from '../../../../main/shell/net-transport.ts';
import { asked, failure, latestRequest, reset, respond, start } from './fake-net.ts';

vi.mock('electron', () => import('./fake-net.ts'));

const plain = () => createNetTransport({ origin: 'https://ivs.markid.test' });
const cancelled = failure('SEND_CANCELLED');

/** A body of these pieces that claims `sizeBytes`; an error in their place is thrown. */
const bodyOf = (sizeBytes: number, ...pieces: readonly (string | Error)[]): HttpBody => ({
  sizeBytes,
  async *chunks() {
    for (const piece of pieces) {
      if (piece instanceof Error) throw piece;
      yield Buffer.from(piece);
    }
  },
});

beforeEach(() => {
  vi.useFakeTimers();
  reset();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the body of the net transport', () => {
  it('is put together from its pieces, empty ones included', async () => {
    const { outcome } = await start(plain(), { body: bodyOf(6, 'abc', '', 'd', 'ef') });
    const outgoing = latestRequest();
    respond(outgoing, 200).emit('end');
    expect(await outcome).toMatchObject({ ok: true });
    expect(outgoing.body).toEqual(Buffer.from('abcdef'));
  });

  it.each([
    ['throws at once', bodyOf(6, new Error('unreadable'))],
    ['throws midway', bodyOf(6, 'abc', new Error('unreadable'))],
    ['throws after its last byte', bodyOf(6, 'abcdef', new Error('unreadable'))],
    ['is shorter than its size', bodyOf(6, 'abc')],
    ['is longer than its size', bodyOf(6, 'abc', 'defg')],
    ['gives nothing', bodyOf(6)],
  ])('asks Electron for nothing when it %s', async (_what, body) => {
    const { outcome } = await start(plain(), { body });
    expect(await outcome).toEqual(cancelled);
    expect(asked.requests).toEqual([]);
  });

  it('is given up between two pieces when the caller gives up', async () => {
    const caller = new AbortController();
    let isReadOn = false;
    const body: HttpBody = {
      sizeBytes: 2,
      async *chunks() {
        yield Buffer.from('a');
        caller.abort();
        yield Buffer.from('b');
        isReadOn = true;
      },
    };
    const { outcome } = await start(plain(), { body }, { signal: caller.signal });
    expect(await outcome).toEqual(cancelled);
    expect(asked.requests).toEqual([]);
    expect(isReadOn).toBe(false);
  });

  it('is given up when its source is silent for longer than the whole exchange may take', async () => {
    const transport = plain();
    const silent: HttpBody = {
      sizeBytes: 1,
      async *chunks() {
        await new Promise(() => undefined);
        yield Buffer.from('a');
      },
    };
    const first = await start(transport, { body: silent, timeoutMs: 20 });
    const second = await start(transport);
    expect(await first.outcome).toEqual(cancelled);
    await vi.waitFor(() => expect(asked.requests).toHaveLength(1));
    respond(latestRequest(), 200).emit('end');
    expect(await second.outcome).toMatchObject({ ok: true });
  });

  it('does not keep the next request waiting when it can not be made', async () => {
    const transport = plain();
    const first = await start(transport, { body: bodyOf(6, new Error('unreadable')) });
    expect(await first.outcome).toEqual(cancelled);
    const second = await start(transport, { body: bodyOf(1, 'a') });
    respond(latestRequest(), 200).emit('end');
    expect(await second.outcome).toMatchObject({ ok: true });
  });
});
