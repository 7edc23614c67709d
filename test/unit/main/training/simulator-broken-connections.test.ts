import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { DRIP_INTERVAL_MS } from '../../../../main/training/wire.ts';
import { call, headOf, mint, openConnection, send, statusOf, submission, until } from './client.ts';
import { acceptedAt, post, startWith, stopAll, submitUnder } from './faulty-simulator.ts';

afterEach(stopAll);

describe('a fault that breaks the connection', () => {
  const LARGE_BYTES = 8_000_000;

  it('RESET_BEFORE_BODY resets without reading the body', async () => {
    const simulator = await startWith('RESET_BEFORE_BODY');
    const socket = await openConnection(simulator);
    socket.write(headOf(simulator, 'process', 1_000));
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    expect(simulator.records).toMatchObject([{ status: null, receivedBytes: 0 }]);
  });

  it('RESET_MID_BODY resets between half and all of the body', async () => {
    const simulator = await startWith('RESET_MID_BODY');
    const token = await mint(simulator);
    const outcome = await send(simulator, '/api/v2/process', Buffer.alloc(LARGE_BYTES, 32));
    expect(outcome).toMatchObject({ kind: 'broken', hasHead: false });
    expect(['ECONNRESET', 'EPIPE']).toContain(outcome.kind === 'broken' ? outcome.code : '');
    const receivedBytes = simulator.records.at(-1)?.receivedBytes ?? 0;
    expect(receivedBytes).toBeGreaterThanOrEqual(LARGE_BYTES / 2);
    expect(receivedBytes).toBeLessThan(LARGE_BYTES);
    expect(await statusOf(simulator, token.scanRef)).toBe('ACTIVE');
  });

  it.each([
    ['RESET_AFTER_BODY', 'ACTIVE'],
    ['RESET_AFTER_BODY_ACCEPTED', 'REVIEWING'],
  ] as const)('%s resets after all of the body and leaves the session %s', async (name, after) => {
    const seen = await submitUnder(name);
    expect(seen.outcome).toEqual({
      kind: 'broken',
      code: 'ECONNRESET',
      syscall: 'read',
      hasHead: false,
    });
    expect(seen).toMatchObject({ status: after, posted: 1, accepted: acceptedAt(after) });
  });

  it('CUT_200 gives the head of a 200, accepts, and ends in the middle of what it promised', async () => {
    const seen = await submitUnder('CUT_200');
    expect(seen.outcome).toMatchObject({ kind: 'broken', hasHead: true });
    expect(seen).toMatchObject({ status: 'REVIEWING', posted: 1, accepted: 1 });
  });

  it('marks the token used where it accepted first, so that a second try is TOKEN_NOT_VALID', async () => {
    for (const name of ['RESET_AFTER_BODY_ACCEPTED', 'CUT_200', 'ACCEPTED_WITH_ERROR'] as const) {
      const simulator = await startWith(name);
      const token = await mint(simulator);
      await post(simulator, token);
      const again = await post(simulator, token);
      expect(again).toHaveProperty('text', expect.stringContaining('"TOKEN_NOT_VALID"'));
    }
  });
});

describe('a fault of time', () => {
  it.each([
    ['SILENCE', 'ACTIVE'],
    ['SILENCE_ACCEPTED', 'REVIEWING'],
  ] as const)('%s never answers and leaves the session %s', async (name, after) => {
    const simulator = await startWith(name);
    const token = await mint(simulator);
    const giveUp = new AbortController();
    let isOver = false;
    const outcome = send(
      simulator,
      '/api/v2/process',
      JSON.stringify(submission(token.authToken)),
      { signal: giveUp.signal },
    ).finally(() => {
      isOver = true;
    });
    await until(() => simulator.journal.submissionsOf(token.authToken).posted === 1);
    await simulator.clock.advance(3_600_000);
    expect(await call(simulator, 'delete', { scanRef: 'x' })).toHaveProperty('status', 400);
    expect(isOver).toBe(false);
    expect(simulator.journal.submissionsOf(token.authToken).accepted).toBe(acceptedAt(after));
    giveUp.abort();
    expect(await outcome).toMatchObject({ kind: 'broken', hasHead: false });
    await until(() => simulator.records.at(-1)?.fault === name);
    expect(simulator.records.at(-1)).toMatchObject({ status: null });
  });

  it('DRIP gives the true answer, one byte in each interval', async () => {
    const simulator = await startWith('DRIP');
    const token = await mint(simulator);
    const body = JSON.stringify(submission(token.authToken));
    const socket = await openConnection(simulator);
    let received = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      received += part;
    });
    socket.write(headOf(simulator, 'process', body.length) + body);
    await until(() => simulator.clock.sleeping === 1);
    for (const bytes of [1, 2, 12]) {
      await simulator.clock.advance(DRIP_INTERVAL_MS * (bytes - received.length));
      await until(() => received.length >= bytes);
      expect(received).toHaveLength(bytes);
    }
    expect(received).toBe('HTTP/1.1 200');
    expect(await statusOf(simulator, token.scanRef)).toBe('REVIEWING');
    const ended = once(socket, 'end');
    await simulator.clock.advance(DRIP_INTERVAL_MS * 1_000);
    await ended;
    expect(received).toMatch(/\r\ncontent-length: 0\r\n(.+\r\n)*\r\n$/);
  });

  it('DRIP stops when the client goes away', async () => {
    const simulator = await startWith('DRIP', 'token');
    const giveUp = new AbortController();
    const outcome = send(simulator, '/api/v2/token', '{}', { signal: giveUp.signal });
    await until(() => simulator.clock.sleeping === 1);
    giveUp.abort();
    await outcome;
    await until(() => simulator.clock.sleeping === 0);
    await until(() => simulator.records.length === 1);
    expect(simulator.records).toMatchObject([{ fault: 'DRIP' }]);
  });

  it.each(['SILENCE', 'DRIP'] as const)('%s survives a client that resets', async (name) => {
    const simulator = await startWith(name, 'token');
    const tcp = connectTcp(simulator.port, '127.0.0.1');
    const tls = connectTls({ socket: tcp, host: '127.0.0.1', ca: [simulator.certificatePem] });
    await once(tls, 'secureConnect');
    tls.on('error', () => undefined);
    tls.write(`${headOf(simulator, 'token', 2)}{}`);
    await until(() => simulator.journal.requestCount('token') === 1);
    tcp.resetAndDestroy();
    await until(() => simulator.records.length === 1);
    expect(simulator.records).toMatchObject([{ fault: name }]);
    expect(await call(simulator, 'token', { clientId: 'next' })).toMatchObject({ status: 200 });
  });
});
