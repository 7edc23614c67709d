import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REVIEW_MS } from '../../../../main/training/token-book.ts';
import {
  basic,
  call,
  json,
  mint,
  reason,
  send,
  start,
  statusOf,
  submission,
  type Running,
} from './client.ts';

let simulator: Running;

beforeAll(async () => {
  simulator = await start();
});

afterAll(() => simulator.stop());

describe('every route', () => {
  const routes = ['token', 'process', 'status', 'delete'];

  it('answers an error with message, identifier, documentation and severity', async () => {
    for (const route of routes) {
      const answer = await call(simulator, route, {});
      expect(answer.headers['content-type']).toBe('application/json');
      expect(Object.keys(json(answer)).toSorted()).toEqual([
        'documentation',
        'identifier',
        'message',
        'severity',
      ]);
      expect(reason(answer)).toBe('400 MISSING_VALUE');
    }
  });

  it('refuses missing and wrong credentials with UNAUTHORIZED, whatever is asked', async () => {
    const { apiKey, apiSecret } = simulator.credentials;
    const wrong = [
      basic(apiKey, 'wrong'),
      basic('wrong', apiSecret),
      basic(apiKey, `${apiSecret}x`),
      `Bearer ${apiSecret}`,
      '',
    ];
    for (const route of routes) {
      for (const authorization of wrong) {
        const answer = await call(simulator, route, {}, { headers: { authorization } });
        expect(reason(answer)).toBe('401 UNAUTHORIZED');
      }
    }
  });

  it('takes POST only', async () => {
    for (const route of routes) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const outcome = await send(simulator, `/api/v2/${route}`, '', { method });
        expect(outcome).toMatchObject({ status: 405, headers: { allow: 'POST' } });
        expect(outcome).toHaveProperty('text', expect.stringContaining('"METHOD_NOT_ALLOWED"'));
      }
    }
  });

  it('takes JSON in UTF-8 only', async () => {
    const broken = await send(simulator, '/api/v2/token', '{"clientId": ');
    const latin1 = await send(
      simulator,
      '/api/v2/token',
      Buffer.from('{"clientId":"\xe9"}', 'latin1'),
    );
    const form = await call(simulator, 'token', {}, { headers: { 'content-type': 'text/plain' } });
    expect(broken).toHaveProperty('text', expect.stringContaining('"JSON_ERROR"'));
    expect(latin1).toHaveProperty('text', expect.stringContaining('"ENCODING_ERROR"'));
    expect(reason(form)).toBe('400 JSON_ERROR');
  });

  it('is the only thing there is', async () => {
    for (const path of ['/', '/api/v2/tokens', '/api/v2/token/', '/api/v1/token', '/redirected']) {
      expect(await send(simulator, path, '{}')).toHaveProperty('status', 404);
    }
  });

  it('refuses a body that is no object', async () => {
    for (const route of routes) {
      for (const body of [null, [], 'text', 5]) {
        const answer = await call(simulator, route, body);
        expect(answer.status).toBe(400);
      }
    }
  });
});

describe('/token', () => {
  it('gives a token of 10 to 40 ASCII characters and a reference of 36', async () => {
    const answer = await call(simulator, 'token', { clientId: 'ref', externalRef: 'our-7' });
    expect(answer.status).toBe(200);
    const body = json(answer);
    expect(body['authToken']).toMatch(/^[\x21-\x7e]{10,40}$/);
    expect(body['scanRef']).toMatch(/^[0-9a-f-]{36}$/);
    expect(body['digitString']).toMatch(/^\d{8}$/);
    expect(body).toMatchObject({ clientId: 'ref', externalRef: 'our-7', expiryTime: 3600 });
  });

  it('names the fault of each option', async () => {
    const cases: [Record<string, unknown>, string][] = [
      [{ clientId: '' }, 'VALIDATION_ERROR'],
      [{ clientId: null }, 'MISSING_VALUE'],
      [{ clientId: 'x'.repeat(101) }, 'VALIDATION_ERROR'],
      [{ clientId: 'kund-\u00e9' }, 'VALIDATION_ERROR'],
      [{ clientId: 7 }, 'VALIDATION_ERROR'],
      [{ expiryTime: 0 }, 'VALIDATION_ERROR'],
      [{ expiryTime: 2_592_001 }, 'VALIDATION_ERROR'],
      [{ expiryTime: '3600' }, 'VALIDATION_ERROR'],
      [{ country: 'lt' }, 'BAD_VALUE'],
      [{ documents: ['LIBRARY_CARD'] }, 'BAD_VALUE'],
      [{ tokenType: 'FACE' }, 'BAD_VALUE'],
      [{ externalRef: 'x'.repeat(41) }, 'VALIDATION_ERROR'],
    ];
    for (const [order, identifier] of cases) {
      const answer = await call(simulator, 'token', { clientId: 'options', ...order });
      expect([order, reason(answer)]).toEqual([order, `400 ${identifier}`]);
    }
    await expect(mint(simulator, { clientId: 'x'.repeat(100) })).resolves.toBeDefined();
  });

  it('refuses a client with an active session with 409, until its token is spent', async () => {
    const { authToken } = await mint(simulator, { clientId: 'busy' });
    expect((await call(simulator, 'token', { clientId: 'busy' })).status).toBe(409);
    await call(simulator, 'process', submission(authToken));
    expect((await call(simulator, 'token', { clientId: 'busy' })).status).toBe(200);
  });
});

describe('/status and /delete', () => {
  it('follow a session: ACTIVE, REVIEWING, APPROVED, DELETED', async () => {
    const { authToken, scanRef } = await mint(simulator);
    expect(await statusOf(simulator, scanRef)).toBe('ACTIVE');
    const early = await call(simulator, 'delete', { scanRef });
    expect(reason(early)).toBe('400 PARTNER_ERROR');
    expect(json(early)['message']).toBe('Token has not expired yet.');
    await call(simulator, 'process', submission(authToken));
    expect(await statusOf(simulator, scanRef)).toBe('REVIEWING');
    await simulator.clock.advance(REVIEW_MS);
    const approved = json(await call(simulator, 'status', { scanRef }));
    expect(approved).toMatchObject({ status: 'APPROVED', scanRef, autoDocument: 'DOC_VALIDATED' });
    expect(Object.keys(approved).toSorted()).toEqual([
      'autoDocument',
      'autoFace',
      'clientId',
      'fraudTags',
      'manualDocument',
      'manualFace',
      'mismatchTags',
      'scanRef',
      'status',
    ]);
    expect(await call(simulator, 'delete', { scanRef })).toMatchObject({ status: 200, text: '' });
    expect(await statusOf(simulator, scanRef)).toBe('DELETED');
  });

  it('see a token expire', async () => {
    const { scanRef } = await mint(simulator, { expiryTime: 30 });
    await simulator.clock.advance(30_000);
    expect(await statusOf(simulator, scanRef)).toBe('EXPIRED');
    expect((await call(simulator, 'delete', { scanRef })).status).toBe(200);
  });

  it('know no reference that was not given', async () => {
    for (const route of ['status', 'delete']) {
      const answer = await call(simulator, route, { scanRef: 'nobody' });
      expect(reason(answer)).toBe('400 BAD_VALUE');
    }
  });
});
