import { describe, expect, it } from 'vitest';
import { createMarkIdClient, timeoutFor } from '../../../../main/markid/client.ts';
import { bytesBody, type HttpBody } from '../../../../main/ports/http-transport.ts';
import { TRANSPORT_ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { answer, broken, bytesOf, scriptedTransport } from './scripted-transport.ts';

const { signal } = new AbortController();
const AUTH_TOKEN = 'aBcDeFgHiJkLmNoPqRsTuVwX';
const SCAN_REF = '8b5cf5c6-0d8f-11ef-9262-0242ac120002';
const TOKEN_REQUEST = {
  clientId: 'client-1',
  externalRef: 'reference-1',
  expirySeconds: 3600,
  hasUtilityBill: false,
};

const clientThatGets = (reply: ReturnType<typeof answer>) => {
  const transport = scriptedTransport(() => reply);
  const client = createMarkIdClient({
    transport,
    credentials: { apiKey: 'key', apiSecret: 'se:cret' },
  });
  return { client, transport };
};

const EMPTY = bytesBody(Buffer.from('{}'));

const jsonOf = async (body: HttpBody = EMPTY): Promise<unknown> =>
  JSON.parse((await bytesOf(body)).toString('utf8'));

describe('Mark ID client', () => {
  it('signs every call with HTTP Basic and sends JSON to its documented path', async () => {
    const { client, transport } = clientThatGets(answer(200));
    await client.mintToken(TOKEN_REQUEST, signal);
    await client.process(EMPTY, { signal });
    await client.status(SCAN_REF, signal);
    await client.testCredentials(signal);

    expect(transport.requests.map(({ path }) => path)).toEqual([
      '/api/v2/token',
      '/api/v2/process',
      '/api/v2/status',
      '/api/v2/status',
    ]);
    for (const { method, headers } of transport.requests) {
      expect(method).toBe('POST');
      expect(headers).toEqual({
        Authorization: `Basic ${Buffer.from('key:se:cret').toString('base64')}`,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      });
    }
  });

  it('gives an exchange 60 s and the time its body needs at 64 kB/s, and ends a silence first', async () => {
    expect(timeoutFor(0)).toBe(60_000);
    expect(timeoutFor(64_000)).toBe(61_000);
    expect(timeoutFor(19_200_000)).toBe(360_000);

    const { client, transport } = clientThatGets(answer(200));
    await client.process(bytesBody(Buffer.alloc(6_400_000)), { signal });
    expect(transport.requests[0]).toMatchObject({ timeoutMs: 160_000, idleTimeoutMs: 60_000 });
  });

  it('hands the signal and the progress of an upload on to the transport', async () => {
    const transport = scriptedTransport((_request, run) => {
      run.onSent?.(7);
      return run.signal.aborted ? broken('SEND_CANCELLED') : answer(200);
    });
    const client = createMarkIdClient({
      transport,
      credentials: { apiKey: 'k', apiSecret: 's' },
    });
    const progress: number[] = [];
    const run = { signal: AbortSignal.abort(), onSent: (sent: number) => progress.push(sent) };

    expect(await client.process(EMPTY, run)).toMatchObject({
      error: { code: 'SEND_CANCELLED' },
    });
    expect(progress).toEqual([7]);
  });

  it.each(TRANSPORT_ERROR_CODES)('passes %s of the transport on', async (code) => {
    const { client } = clientThatGets(broken(code));
    const failure = { ok: false, error: { code, retryAfterSeconds: null } };
    expect(await client.mintToken(TOKEN_REQUEST, signal)).toEqual(failure);
    expect(await client.process(EMPTY, { signal })).toEqual(failure);
    expect(await client.status(SCAN_REF, signal)).toEqual(failure);
    expect(await client.testCredentials(signal)).toEqual({ ok: false, error: { code } });
  });

  it('tells with a failure how long Mark ID asks to wait', async () => {
    const { client } = clientThatGets(answer(429, undefined, 30));
    expect(await client.process(EMPTY, { signal })).toEqual({
      ok: false,
      error: { code: 'MARKID_TOO_MANY_REQUESTS', retryAfterSeconds: 30 },
    });
  });
});

describe('minting a token', () => {
  it('asks with client, reference and life, and for a utility bill only when there is one', async () => {
    const { client, transport } = clientThatGets(answer(200));
    await client.mintToken(TOKEN_REQUEST, signal);
    await client.mintToken({ ...TOKEN_REQUEST, hasUtilityBill: true }, signal);

    const plain = { clientId: 'client-1', externalRef: 'reference-1', expiryTime: 3600 };
    expect(await Promise.all(transport.requests.map(({ body }) => jsonOf(body)))).toEqual([
      plain,
      { ...plain, utilityBill: true },
    ]);
  });

  it('returns token and reference and forgets the rest of the answer', async () => {
    const { client } = clientThatGets(
      answer(200, {
        authToken: AUTH_TOKEN,
        scanRef: SCAN_REF,
        message: 'Token created successfully',
        digitString: '4113',
      }),
    );
    expect(await client.mintToken(TOKEN_REQUEST, signal)).toEqual({
      ok: true,
      value: { authToken: AUTH_TOKEN, scanRef: SCAN_REF },
    });
  });

  it.each([
    { scanRef: SCAN_REF },
    { authToken: AUTH_TOKEN },
    { authToken: 'short', scanRef: SCAN_REF },
    { authToken: 'x'.repeat(41), scanRef: SCAN_REF },
    { authToken: 'with blanks in it', scanRef: SCAN_REF },
    { authToken: AUTH_TOKEN, scanRef: 'r'.repeat(65) },
    { authToken: AUTH_TOKEN, scanRef: '' },
  ])('does not take %j for a token', async (body) => {
    const { client } = clientThatGets(answer(200, body));
    expect(await client.mintToken(TOKEN_REQUEST, signal)).toMatchObject({
      error: { code: 'MARKID_ANSWER_UNREADABLE' },
    });
  });
});

describe('asking for a status', () => {
  it.each([
    ['ACTIVE', 'ACTIVE'],
    ['REVIEWING', 'REVIEWING'],
    ['APPROVED', 'APPROVED'],
    ['DENIED', 'DENIED'],
    ['SUSPECTED', 'SUSPECTED'],
    ['EXPIRED', 'EXPIRED'],
    ['DELETED', 'DELETED'],
    ['ARCHIVED', 'ARCHIVED'],
    ['EXPIRED-DELETED', 'UNKNOWN'],
    ['active', 'UNKNOWN'],
    ['', 'UNKNOWN'],
  ])('reads %j as %s', async (word, status) => {
    const { client, transport } = clientThatGets(answer(200, { status: word, autoFace: 'x' }));
    expect(await client.status(SCAN_REF, signal)).toEqual({ ok: true, value: status });
    expect(await jsonOf(transport.requests[0]?.body)).toEqual({ scanRef: SCAN_REF });
  });
});

describe('testing credentials', () => {
  it('asks for a verification that can not exist and mints nothing', async () => {
    const { client, transport } = clientThatGets(answer(200));
    await client.testCredentials(signal);
    expect(transport.requests).toHaveLength(1);
    expect(await jsonOf(transport.requests[0]?.body)).toEqual({
      scanRef: '00000000-0000-0000-0000-000000000000',
    });
  });

  it.each([
    [200, { status: 'EXPIRED' }],
    [400, { identifier: 'BAD_VALUE' }],
    [400, { identifier: 'MISSING_VALUE' }],
    [400, { identifier: 'VALIDATION_ERROR' }],
    [400, { identifier: 'PARTNER_ERROR' }],
    [404, { identifier: 'SOMETHING_NEW' }],
  ])('accepts them when the answer is a %d with %j', async (status, body) => {
    const { client } = clientThatGets(answer(status, body));
    expect(await client.testCredentials(signal)).toEqual({ ok: true, value: null });
  });

  it.each([
    [401, undefined, 'MARKID_UNAUTHORIZED'],
    [402, undefined, 'MARKID_PAYMENT_REQUIRED'],
    [403, undefined, 'MARKID_PERMISSIONS_ERROR'],
    [400, { identifier: 'UNAUTHORIZED' }, 'MARKID_UNAUTHORIZED'],
    [400, { identifier: 'PARTNER_CONTRACT_ERROR' }, 'MARKID_PARTNER_CONTRACT_ERROR'],
    [429, undefined, 'MARKID_TOO_MANY_REQUESTS'],
    [404, '<html>', 'MARKID_ANSWER_UNREADABLE'],
    [200, '<html>', 'MARKID_ANSWER_UNREADABLE'],
    [302, undefined, 'MARKID_REDIRECTED'],
    [502, '<html>', 'MARKID_INTERNAL_ERROR'],
  ])('does not vouch for them on a %d with %j', async (status, body, code) => {
    const { client } = clientThatGets(answer(status, body, 9));
    expect(await client.testCredentials(signal)).toEqual({ ok: false, error: { code } });
  });
});
