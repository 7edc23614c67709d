import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpBody, Trust } from '../../../../main/ports/http-transport.ts';
import { makeCertificate, type TestCertificate } from '../../../support/certificates.ts';
import { sendTo, startServer } from './test-server.ts';

const cancelled = { ok: false, error: { code: 'SEND_CANCELLED' } };
const lost = { ok: false, error: { code: 'ANSWER_LOST' } };

let authority: TestCertificate;
let identity: TestCertificate;

beforeAll(async () => {
  authority = await makeCertificate({ subject: 'CN=bank authority', isCa: true });
  identity = await makeCertificate({ issuer: authority });
});

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

/** A server that collects what it gets, and what becomes of sending `body` there. */
const post = async (body: HttpBody, run: { readonly signal?: AbortSignal } = {}) => {
  const received: Buffer[] = [];
  const server = await startServer(identity, (request, response) => {
    request.on('data', (chunk: Buffer) => received.push(chunk));
    request.on('end', () => response.end());
  });
  const trust: Trust = { origin: server.origin, extraCaPem: authority.certificatePem };
  const progress: number[] = [];
  const outcome = await sendTo(trust, { body }, { onSent: (sent) => progress.push(sent), ...run });
  await server.stop();
  return {
    outcome,
    progress,
    received: Buffer.concat(received).toString(),
    requests: server.requests(),
  };
};

describe('the body of the node https transport', () => {
  it('is sent piece by piece, empty ones left out', async () => {
    expect(await post(bodyOf(6, 'abc', '', 'd', 'ef'))).toMatchObject({
      outcome: { ok: true },
      received: 'abcdef',
      progress: [3, 4, 6],
    });
  });

  it.each([
    ['throws at once', bodyOf(6, new Error('unreadable'))],
    ['throws after an empty piece', bodyOf(6, '', new Error('unreadable'))],
    ['gives nothing', bodyOf(6)],
    ['is longer than its size from the first piece on', bodyOf(6, 'abcdefg')],
  ])('is cancelled before even a header has left when it %s', async (_what, body) => {
    expect(await post(body)).toEqual({
      outcome: cancelled,
      progress: [],
      received: '',
      requests: 0,
    });
  });

  it.each([
    ['throws midway', bodyOf(6, 'abc', new Error('unreadable'))],
    ['is shorter than its size', bodyOf(6, 'abc')],
    ['is longer than its size', bodyOf(6, 'abc', 'defg')],
  ])('is lost, and never completed by anything else, when it %s', async (_what, body) => {
    const { outcome, received, requests } = await post(body);
    expect(outcome).toEqual(lost);
    expect('abcdef'.startsWith(received)).toBe(true);
    expect(requests).toBeLessThanOrEqual(1);
  });

  it('is cancelled before a byte has left when the caller gives up while it is made', async () => {
    const caller = new AbortController();
    const body: HttpBody = {
      sizeBytes: 1,
      async *chunks() {
        caller.abort();
        yield Buffer.from('a');
      },
    };
    expect(await post(body, { signal: caller.signal })).toMatchObject({
      outcome: cancelled,
      requests: 0,
    });
  });
});
