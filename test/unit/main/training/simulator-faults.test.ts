import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import {
  FAULT_NAMES,
  RETRY_AFTER_SECONDS,
  type FaultName,
} from '../../../../main/training/faults.ts';
import { LINGER_MS } from '../../../../main/training/wire.ts';
import { call, headOf, json, mint, openConnection, statusOf } from './client.ts';
import { acceptedAt, post, startWith, stopAll, submitUnder } from './faulty-simulator.ts';

afterEach(stopAll);

/** A fault that answers: status, identifier (null: none), and the session afterwards. */
const ANSWERS: readonly [FaultName, number, string | null, string][] = [
  ['UNAUTHORIZED', 401, 'UNAUTHORIZED', 'ACTIVE'],
  ['UNAUTHORIZED_BARE', 401, null, 'ACTIVE'],
  ['PAYMENT_REQUIRED', 402, null, 'ACTIVE'],
  ['PERMISSIONS_ERROR', 403, 'PERMISSIONS_ERROR', 'ACTIVE'],
  ['PERMISSIONS_ERROR_BARE', 403, null, 'ACTIVE'],
  ['PARTNER_CONTRACT_ERROR', 400, 'PARTNER_CONTRACT_ERROR', 'ACTIVE'],
  ['TOKEN_NOT_VALID', 400, 'TOKEN_NOT_VALID', 'ACTIVE'],
  ['MISSING_VALUE', 400, 'MISSING_VALUE', 'EXPIRED'],
  ['BAD_VALUE', 400, 'BAD_VALUE', 'EXPIRED'],
  ['VALIDATION_ERROR', 400, 'VALIDATION_ERROR', 'EXPIRED'],
  ['ENCODING_ERROR', 400, 'ENCODING_ERROR', 'ACTIVE'],
  ['JSON_ERROR', 400, 'JSON_ERROR', 'ACTIVE'],
  ['METHOD_NOT_ALLOWED', 405, 'METHOD_NOT_ALLOWED', 'ACTIVE'],
  ['TOO_MANY_REQUESTS', 429, 'TOO_MANY_REQUESTS', 'ACTIVE'],
  ['TOO_MANY_REQUESTS_RETRY_AFTER', 429, 'TOO_MANY_REQUESTS', 'ACTIVE'],
  ['INTERNAL_ERROR', 500, 'INTERNAL_ERROR', 'ACTIVE'],
  ['INTERNAL_ERROR_ACCEPTED', 500, 'INTERNAL_ERROR', 'REVIEWING'],
  ['ACCEPTED_WITH_ERROR', 200, 'VALIDATION_ERROR', 'EXPIRED'],
];

/** A fault whose answer is no JSON. */
const OPAQUE: readonly [FaultName, number, string][] = [
  ['BAD_GATEWAY', 502, 'ACTIVE'],
  ['BAD_GATEWAY_ACCEPTED', 502, 'REVIEWING'],
  ['SERVICE_UNAVAILABLE', 503, 'ACTIVE'],
  ['REDIRECT', 302, 'ACTIVE'],
  ['UNREADABLE_200', 200, 'REVIEWING'],
  ['UNREADABLE_400', 400, 'ACTIVE'],
];

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a fault that answers', () => {
  it.each(ANSWERS)('%s answers %i with identifier %s and leaves the session %s', async (...row) => {
    const [name, status, identifier, after] = row;
    const seen = await submitUnder(name);
    if (seen.outcome.kind === 'broken') throw new Error('no answer');
    expect(seen.outcome.status).toBe(status);
    expect(json(seen.outcome)['identifier'] ?? null).toBe(identifier);
    expect(json(seen.outcome)['message']).toEqual(expect.any(String));
    expect(seen).toMatchObject({ status: after, posted: 1, accepted: acceptedAt(after) });
  });

  it.each(OPAQUE)('%s answers %i unreadably and leaves the session %s', async (...row) => {
    const [name, status, after] = row;
    const seen = await submitUnder(name);
    if (seen.outcome.kind === 'broken') throw new Error('no answer');
    expect(seen.outcome.status).toBe(status);
    expect(isJson(seen.outcome.text)).toBe(false);
    expect(seen).toMatchObject({ status: after, posted: 1, accepted: acceptedAt(after) });
  });

  it('gives a Retry-After only where its name says so', async () => {
    const [without, with_] = await Promise.all([
      submitUnder('TOO_MANY_REQUESTS'),
      submitUnder('TOO_MANY_REQUESTS_RETRY_AFTER'),
    ]);
    expect(without.outcome).not.toHaveProperty('headers.retry-after');
    expect(with_.outcome).toHaveProperty('headers.retry-after', String(RETRY_AFTER_SECONDS));
  });

  it('redirects to a place on the same origin where the journal would see a follower', async () => {
    const { outcome } = await submitUnder('REDIRECT');
    expect(outcome).toHaveProperty('headers.location', '/redirected');
  });

  it('sends a gateway page as HTML', async () => {
    const { outcome } = await submitUnder('BAD_GATEWAY');
    expect(outcome).toHaveProperty('headers.content-type', 'text/html; charset=utf-8');
  });

  it('tells a client that it is busy, on /token, without opening a session', async () => {
    const simulator = await startWith('CLIENT_BUSY');
    expect((await call(simulator, 'token', { clientId: 'a' })).status).toBe(409);
    expect((await call(simulator, 'token', { clientId: 'a' })).status).toBe(200);
  });

  it('calls a request too large before a byte of its body is read', async () => {
    const simulator = await startWith('REQUEST_TOO_LARGE');
    const { scanRef } = await mint(simulator);
    const socket = await openConnection(simulator);
    socket.write(headOf(simulator, 'process', 1_000));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    await simulator.clock.advance(LINGER_MS);
    await once(socket, 'close');
    expect(simulator.records.at(-1)).toMatchObject({ status: 413, receivedBytes: 0 });
    expect(await statusOf(simulator, scanRef)).toBe('ACTIVE');
  });

  it('happens as often as ordered, then the server is well', async () => {
    const simulator = await startWith('INTERNAL_ERROR');
    const token = await mint(simulator);
    expect(await post(simulator, token)).toMatchObject({ status: 500 });
    expect(await post(simulator, token)).toMatchObject({ status: 200, text: '' });
  });

  it('can swallow the answer of a token that was minted, which then keeps its client busy', async () => {
    const simulator = await startWith('INTERNAL_ERROR_ACCEPTED', 'token');
    expect((await call(simulator, 'token', { clientId: 'a' })).status).toBe(500);
    expect((await call(simulator, 'token', { clientId: 'a' })).status).toBe(409);
  });
});

it('shows every fault of the list in one of these tests', () => {
  const shown: FaultName[] = [
    ...ANSWERS.map(([name]) => name),
    ...OPAQUE.map(([name]) => name),
    'CLIENT_BUSY',
    'REQUEST_TOO_LARGE',
    'RESET_BEFORE_BODY',
    'RESET_MID_BODY',
    'RESET_AFTER_BODY',
    'RESET_AFTER_BODY_ACCEPTED',
    'SILENCE',
    'SILENCE_ACCEPTED',
    'DRIP',
    'CUT_200',
  ];
  expect(shown.toSorted()).toEqual([...FAULT_NAMES].toSorted());
});
