import { once } from 'node:events';
import { Agent } from 'node:https';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../../main/training/exchange.ts';
import { faultsInOrder } from '../../../../main/training/fault-plan.ts';
import { startSimulator, type SimulatorOptions } from '../../../../main/training/simulator.ts';
import { LINGER_MS, REQUEST_MAX_BYTES } from '../../../../main/training/wire.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import {
  until,
  basic,
  call,
  headOf,
  mint,
  openConnection,
  send,
  start,
  submission,
  type Running,
} from './client.ts';

const running: Running[] = [];

const startOne = async (options: Partial<SimulatorOptions> = {}): Promise<Running> => {
  const simulator = await start(options);
  running.push(simulator);
  return simulator;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

describe('the simulator', () => {
  it('listens on 127.0.0.1 alone, with credentials drawn at start', async () => {
    const simulator = await startOne();
    expect(simulator.origin).toBe(`https://127.0.0.1:${simulator.port}`);
    expect(simulator.credentials.apiKey).toMatch(/^training-[0-9a-f]{32}$/);
    expect(simulator.credentials.apiSecret).toMatch(/^[0-9a-f]{32}$/);
    /** The whole of 127/8 is loopback: a server on every interface would answer here too. */
    const elsewhere = createServer().listen(simulator.port, '127.0.0.2');
    await once(elsewhere, 'listening');
    elsewhere.close();
  });

  it('accepts the credentials it is given instead', async () => {
    const credentials = { apiKey: 'key', apiSecret: 'secret' };
    const simulator = await startOne({ credentials });
    const headers = { authorization: basic('key', 'secret') };
    const answer = await call(simulator, 'token', { clientId: 'a' }, { headers });
    expect(answer.status).toBe(200);
  });

  it('reports TRAINING_UNAVAILABLE when its port is taken', async () => {
    const { port } = await startOne();
    const clock = new FakeClock(Date.now());
    const second = await startSimulator({ clock, random: seededRandom(), port });
    expect(second).toEqual({ ok: false, error: { code: 'TRAINING_UNAVAILABLE' } });
  });

  it('serves many requests over one connection', async () => {
    const simulator = await startOne();
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: [simulator.certificatePem] });
    let connections = 0;
    agent.on('keylog', () => undefined);
    const createConnection = agent.createConnection.bind(agent);
    agent.createConnection = (...args) => {
      connections += 1;
      return createConnection(...args);
    };
    for (let n = 0; n < 5; n += 1) {
      expect((await call(simulator, 'token', { clientId: `c${n}` }, { agent })).status).toBe(200);
    }
    expect(connections).toBe(1);
    agent.destroy();
  });

  it('accepts exactly one of many submissions with the same token at the same time', async () => {
    const simulator = await startOne();
    const { authToken } = await mint(simulator);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call(simulator, 'process', submission(authToken))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ text }) => text.includes('"TOKEN_NOT_VALID"'))).toHaveLength(7);
    expect(simulator.journal.submissionsOf(authToken)).toEqual({ posted: 8, accepted: 1 });
  });

  it('counts requests by route and submissions by token, and nothing else', async () => {
    const simulator = await startOne();
    const { authToken, scanRef } = await mint(simulator);
    await call(simulator, 'process', submission(authToken));
    await call(simulator, 'status', { scanRef });
    await send(simulator, '/elsewhere', '');
    const { journal } = simulator;
    const counts = (['token', 'process', 'status', 'delete', 'other'] as const).map((route) =>
      journal.requestCount(route),
    );
    expect(counts).toEqual([1, 1, 1, 0, 1]);
    expect([...journal.submissions()]).toEqual([[authToken, { posted: 1, accepted: 1 }]]);
    expect(journal.submissionsOf('unseen')).toEqual({ posted: 0, accepted: 0 });
  });

  it('tells of each request its route, status and sizes only', async () => {
    const records: RequestRecord[] = [];
    const simulator = await startOne({ onRequest: (record) => records.push(record) });
    const { authToken } = await mint(simulator, { clientId: 'canary-client' });
    const body = JSON.stringify(submission(authToken));
    await send(simulator, '/api/v2/process?ref=canary', body);
    await send(simulator, '/canary', '');
    await until(() => records.length === 3);
    expect(records[1]).toEqual({
      method: 'POST',
      route: 'process',
      status: 200,
      receivedBytes: body.length,
      durationMs: 0,
      fault: null,
    });
    expect(records[2]).toMatchObject({ route: 'other', status: 404 });
    expect(JSON.stringify(records)).not.toMatch(new RegExp(`canary|${authToken}`));
  });
});

describe('a request that is too large', () => {
  it('is answered 413 by its length before a byte is read, and leaves the client time to see it', async () => {
    const records: RequestRecord[] = [];
    const simulator = await startOne({ onRequest: (record) => records.push(record) });
    const socket = await openConnection(simulator);
    socket.write(headOf(simulator, 'process', REQUEST_MAX_BYTES + 1));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    await simulator.clock.advance(LINGER_MS - 1);
    await mint(simulator);
    expect(socket.readyState).toBe('open');
    await simulator.clock.advance(1);
    await once(socket, 'close');
    const record = records.find(({ route }) => route === 'process');
    expect(record).toMatchObject({ status: 413, receivedBytes: 0 });
  });

  it('is answered 413 while a client still sends it', async () => {
    const simulator = await startOne();
    const answer = await send(
      simulator,
      '/api/v2/process',
      Buffer.alloc(REQUEST_MAX_BYTES + 1, 32),
    );
    expect(answer).toMatchObject({ kind: 'answered', status: 413 });
  });

  it('is cut off where it comes without a length', async () => {
    const records: RequestRecord[] = [];
    const simulator = await startOne({ onRequest: (record) => records.push(record) });
    const socket = await openConnection(simulator);
    const head = headOf(simulator, 'process', 0).replace(
      'content-length: 0',
      'transfer-encoding: chunked',
    );
    socket.write(head);
    const chunk = Buffer.alloc(1_000_000, 32);
    for (let n = 0; n < 21; n += 1) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
    await simulator.clock.advance(LINGER_MS);
    await until(() => records.length === 1);
    expect(records[0]?.receivedBytes).toBeGreaterThan(REQUEST_MAX_BYTES);
    expect(records[0]?.receivedBytes).toBeLessThan(REQUEST_MAX_BYTES + 1_000_000);
  });

  it('may be exactly 20 MB', async () => {
    const simulator = await startOne();
    const body = Buffer.alloc(REQUEST_MAX_BYTES, 32);
    body.write('{}');
    const answer = await send(simulator, '/api/v2/process', body);
    expect(answer).toHaveProperty('text', expect.stringContaining('"MISSING_VALUE"'));
  });
});

describe('a request that never ends', () => {
  it('is given up with 408, in its head as in its body', async () => {
    const records: RequestRecord[] = [];
    const simulator = await startOne({
      requestTimeoutMs: 50,
      onRequest: (record) => records.push(record),
    });
    const slowBody = await openConnection(simulator);
    const slowHead = await openConnection(simulator);
    slowBody.write(`${headOf(simulator, 'process', 1_000)}{`);
    slowHead.write('POST /api/v2/process HTTP/1.1\r\nhost:');
    const answers = await Promise.all([once(slowBody, 'data'), once(slowHead, 'data')]);
    for (const [answer] of answers) expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
    await until(() => records.length === 1);
    expect(records).toMatchObject([{ status: null, receivedBytes: 1 }]);
  });

  it('leaves no trace when the client goes away in its middle', async () => {
    const records: RequestRecord[] = [];
    const simulator = await startOne({ onRequest: (record) => records.push(record) });
    const { authToken, scanRef } = await mint(simulator);
    const body = JSON.stringify(submission(authToken));
    const socket = await openConnection(simulator);
    socket.write(headOf(simulator, 'process', body.length) + body.slice(0, -1));
    await until(() => simulator.journal.requestCount('process') === 1);
    socket.destroy();
    await until(() => records.length === 2);
    expect(records[1]).toMatchObject({ route: 'process', status: null });
    expect(simulator.journal.submissionsOf(authToken)).toEqual({ posted: 0, accepted: 0 });
    expect((await call(simulator, 'status', { scanRef })).text).toContain('"ACTIVE"');
  });
});

describe('stop()', () => {
  it('waits for no connection, whatever state it is in', async () => {
    const simulator = await startOne({
      faults: faultsInOrder([
        { name: 'SILENCE', route: 'token' },
        { name: 'DRIP', route: 'token' },
        { name: 'REQUEST_TOO_LARGE' },
      ]),
    });
    const agent = new Agent({ keepAlive: true });
    await call(simulator, 'status', { scanRef: 'x' }, { agent });
    const waiting = ['token', 'token', 'process'].map((route) => call(simulator, route, {}));
    const outcomes = Promise.allSettled(waiting);
    const halfSent = await openConnection(simulator);
    halfSent.on('error', () => undefined);
    halfSent.write(`${headOf(simulator, 'process', 1_000)}{`);
    await until(() => simulator.journal.requestCount('token') === 2);
    await until(() => simulator.journal.requestCount('process') === 2);

    // One of them is silent for ever: a stop that waited for it would not end.
    await simulator.stop();
    await outcomes;
    agent.destroy();
    expect(await send(simulator, '/api/v2/token', '{}')).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('may be called twice, also at once', async () => {
    const simulator = await startOne();
    await expect(Promise.all([simulator.stop(), simulator.stop()])).resolves.toBeDefined();
    await expect(simulator.stop()).resolves.toBeUndefined();
  });
});
