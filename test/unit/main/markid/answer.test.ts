import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { readJsonAnswer, readProcessAnswer } from '../../../../main/markid/answer.ts';
import { MARKID_ERROR_CODES } from '../../../../preload/contract/error-codes.ts';

const received = (status: number, body: unknown = '') => ({
  status,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const error = (identifier: string) => ({
  message: 'No image provided for John Smith',
  identifier,
  documentation: 'https://example/',
  severity: 'NOT_SEVERE',
});
const codeOf = (result: ReturnType<typeof readProcessAnswer>): string =>
  result.ok ? 'OK' : result.error.code;

const IDENTIFIERS = [
  'MISSING_VALUE',
  'BAD_VALUE',
  'VALIDATION_ERROR',
  'ENCODING_ERROR',
  'JSON_ERROR',
  'METHOD_NOT_ALLOWED',
  'TOKEN_NOT_VALID',
  'UNAUTHORIZED',
  'PERMISSIONS_ERROR',
  'PARTNER_CONTRACT_ERROR',
  'PARTNER_ERROR',
  'TOO_MANY_REQUESTS',
  'INTERNAL_ERROR',
] as const;

describe("Mark ID's answer to /process", () => {
  it('is a success only as a 200 without a body', () => {
    expect(readProcessAnswer(received(200))).toEqual({ ok: true, value: null });
  });

  it.each(['{}', 'null', '"no document"', error('MISSING_VALUE')])(
    'is a refusal as a 200 with the JSON %j',
    (body) => {
      expect(codeOf(readProcessAnswer(received(200, body)))).toBe('MARKID_ACCEPTED_WITH_ERROR');
    },
  );

  it.each([' ', '<html>', '{"message": "trunc', '\0'])(
    'is unreadable, so of unknown outcome, as a 200 with %j',
    (body) => {
      expect(codeOf(readProcessAnswer(received(200, body)))).toBe('MARKID_ANSWER_UNREADABLE');
    },
  );

  it.each([201, 202, 204, 206])('is unreadable as an undocumented %d', (status) => {
    expect(codeOf(readProcessAnswer(received(status)))).toBe('MARKID_ANSWER_UNREADABLE');
  });

  it.each(IDENTIFIERS)('is read from the identifier %s, whatever the status', (identifier) => {
    for (const status of [400, 401, 404, 429, 500])
      expect(codeOf(readProcessAnswer(received(status, error(identifier))))).toBe(
        `MARKID_${identifier}`,
      );
  });

  it.each([
    [401, 'MARKID_UNAUTHORIZED'],
    [402, 'MARKID_PAYMENT_REQUIRED'],
    [403, 'MARKID_PERMISSIONS_ERROR'],
    [409, 'MARKID_CLIENT_BUSY'],
    [413, 'MARKID_REQUEST_TOO_LARGE'],
    [429, 'MARKID_TOO_MANY_REQUESTS'],
    [500, 'MARKID_INTERNAL_ERROR'],
    [502, 'MARKID_INTERNAL_ERROR'],
    [503, 'MARKID_INTERNAL_ERROR'],
    [599, 'MARKID_INTERNAL_ERROR'],
  ])('is read from the status %d when there is no known identifier', (status, code) => {
    for (const body of ['', '<html>', '{}', '{"identifier":7}', error('NEW_WORD')])
      expect(codeOf(readProcessAnswer(received(status, body)))).toBe(code);
  });

  it.each([301, 302, 307, 308, 304])('is a redirect as a %d, whatever it says', (status) => {
    expect(codeOf(readProcessAnswer(received(status, error('MISSING_VALUE'))))).toBe(
      'MARKID_REDIRECTED',
    );
  });

  it.each([400, 404, 405, 418, 499])('is a refusal as a %d with unknown JSON', (status) => {
    for (const body of ['{}', error('NEW_WORD'), '{"identifier":null}'])
      expect(codeOf(readProcessAnswer(received(status, body)))).toBe('MARKID_REFUSED');
  });

  it.each([400, 404])('is unreadable as a %d that is no JSON object', (status) => {
    for (const body of ['', '<html>', '[]', '"x"', 'null', '{"identifier":'])
      expect(codeOf(readProcessAnswer(received(status, body)))).toBe('MARKID_ANSWER_UNREADABLE');
    expect(codeOf(readProcessAnswer({ status, body: Buffer.from('{"a":"\xff"}', 'latin1') }))).toBe(
      'MARKID_ANSWER_UNREADABLE',
    );
  });

  it('becomes a closed code and nothing else for any status and any bytes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 999 }),
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc.json().map((json) => Buffer.from(json)),
          fc.record({ identifier: fc.anything(), message: fc.string() }).map((value) => {
            try {
              return Buffer.from(JSON.stringify(value));
            } catch {
              return Buffer.from('{');
            }
          }),
        ),
        (status, body) => {
          const result = readProcessAnswer({ status, body });
          if (result.ok) expect([status, body.byteLength]).toEqual([200, 0]);
          else {
            expect(MARKID_ERROR_CODES).toContain(result.error.code);
            expect(Object.keys(result.error)).toEqual(['code']);
          }
        },
      ),
      { numRuns: 500, seed: 25 },
    );
  });
});

describe("Mark ID's answer with JSON", () => {
  const shape = z.object({ scanRef: z.string() });

  it.each([200, 201])('gives what the shape asks for from a %d', (status) => {
    expect(readJsonAnswer(received(status, { scanRef: 'a', message: 'hidden' }), shape)).toEqual({
      ok: true,
      value: { scanRef: 'a' },
    });
  });

  it.each([
    [200, '', 'MARKID_ANSWER_UNREADABLE'],
    [200, '<html>', 'MARKID_ANSWER_UNREADABLE'],
    [200, { scanRef: 1 }, 'MARKID_ANSWER_UNREADABLE'],
    [200, error('BAD_VALUE'), 'MARKID_BAD_VALUE'],
    [400, error('BAD_VALUE'), 'MARKID_BAD_VALUE'],
    [302, { scanRef: 'a' }, 'MARKID_REDIRECTED'],
    [401, { scanRef: 'a' }, 'MARKID_UNAUTHORIZED'],
    [500, { scanRef: 'a' }, 'MARKID_INTERNAL_ERROR'],
    [409, '', 'MARKID_CLIENT_BUSY'],
  ])('fails for a %d with %j as %s', (status, body, code) => {
    expect(readJsonAnswer(received(status, body), shape)).toEqual({ ok: false, error: { code } });
  });
});
