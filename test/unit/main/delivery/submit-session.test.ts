import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { error, NOTHING_LEFT, REFUSALS, UNKNOWN_OUTCOME } from './answer-cases.ts';
import { answer, broken, statusIs } from './fake-markid.ts';
import { bench, content } from './submission-bench.ts';

describe('submission with minted tokens', () => {
  it('mints, sends and hands out a receipt, with progress for each stage', async () => {
    const { clock, markId, progress, submit } = bench('mint');
    const outcome = await submit();

    expect(outcome).toEqual({
      ok: true,
      value: { scanRef: 'scan-000001', deliveredAtMs: clock.wallMs(), reconciled: false },
    });
    expect(markId.calls()).toBe('token, process token-000001');
    const totalBytes = progress.at(-1)?.totalBytes ?? 0;
    expect(totalBytes).toBeGreaterThan(0);
    expect(progress).toEqual([
      { stage: 'requesting-token', sentBytes: 0, totalBytes: 0 },
      { stage: 'sending', sentBytes: 0, totalBytes },
      { stage: 'sending', sentBytes: totalBytes, totalBytes },
    ]);
  });

  it('gives the same receipt again without asking anybody', async () => {
    const { markId, press } = bench('mint');
    await press();
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe('token, process token-000001');
  });

  it('asks for a bill only where one is sent', async () => {
    const { markId, press } = bench('mint');
    await press({
      ...content(),
      images: { FRONT: Buffer.from('f'), UTILITY_BILL: Buffer.from('b') },
    });
    expect(markId.log[0]).toMatchObject({ call: 'token', hasBill: true });

    const plain = bench('mint');
    await plain.press();
    expect(plain.markId.log[0]).toMatchObject({ call: 'token', hasBill: false });
  });

  it.each(NOTHING_LEFT)('sends the same token again after %s', async (code) => {
    const { markId, press } = bench('mint');
    markId.next.process = [broken(code)];
    expect(await press()).toBe(code);
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe('token, process token-000001, process token-000001');
  });

  it('asks for a new token where the unsent one is about to expire', async () => {
    const { clock, markId, press } = bench('mint');
    markId.next.process = [broken('NETWORK_UNREACHABLE')];
    await press();
    await clock.advance(50 * 60_000);
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe('token, process token-000001, token, process token-000002');
  });

  it.each(REFUSALS)('takes a fresh token at the next press after %s', async (code, reply) => {
    const { markId, press } = bench('mint');
    markId.next.process = [reply];
    expect(await press()).toBe(code);
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe('token, process token-000001, token, process token-000002');
  });

  describe.each(UNKNOWN_OUTCOME)('after %s (%#)', (code, reply) => {
    it.each(['REVIEWING', 'APPROVED', 'DENIED', 'SUSPECTED'])(
      'is delivered when the status is %s',
      async (status) => {
        const { markId, press, progress } = bench('mint');
        markId.next.process = [reply];
        markId.next.status = [statusIs(status)];
        expect(await press()).toBe('RECONCILED');
        expect(markId.calls()).toBe('token, process token-000001, status');
        expect(progress.at(-1)?.stage).toBe('confirming');
      },
    );

    it('names the cause when the status is ACTIVE, and sends again a minute later', async () => {
      const { clock, markId, press } = bench('mint');
      markId.next.process = [reply];
      markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE'), statusIs('ACTIVE')];
      expect(await press()).toBe(code);
      if (code === 'MARKID_TOKEN_NOT_VALID') return;
      await clock.advance(59_999);
      expect(await press()).toBe(code);
      expect(markId.calls()).toBe('token, process token-000001, status, status');
      await clock.advance(1);
      expect(await press()).toBe('DELIVERED');
      expect(markId.calls()).toBe(
        'token, process token-000001, status, status, status, process token-000001',
      );
    });

    it('takes a new token at the next press when the status is EXPIRED', async () => {
      const { markId, press } = bench('mint');
      markId.next.process = [reply];
      markId.next.status = [statusIs('EXPIRED')];
      expect(await press()).toBe(code);
      expect(await press()).toBe('DELIVERED');
      expect(markId.calls()).toBe(
        'token, process token-000001, status, token, process token-000002',
      );
    });

    it.each([
      statusIs('DELETED'),
      statusIs('ARCHIVED'),
      statusIs('SOMETHING'),
      answer(500),
      answer(401),
      broken('NETWORK_UNREACHABLE'),
      broken('ANSWER_LOST'),
    ])('never sends again while nobody can tell (%#)', async (statusReply) => {
      const { clock, markId, press } = bench('mint');
      markId.next.process = [reply];
      markId.next.status = [statusReply, statusReply];
      expect(await press()).toBe('DELIVERY_UNCONFIRMED');
      await clock.advance(24 * 3_600_000);
      expect(await press()).toBe('DELIVERY_UNCONFIRMED');
      expect(markId.calls()).toBe('token, process token-000001, status, status');
      expect(await press()).toBe('RECONCILED');
    });
  });

  it('takes a new token at once where Mark ID calls the unused one invalid', async () => {
    const { markId, press } = bench('mint');
    markId.next.process = [error('TOKEN_NOT_VALID')];
    markId.next.status = [statusIs('ACTIVE')];
    expect(await press()).toBe('MARKID_TOKEN_NOT_VALID');
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe('token, process token-000001, status, token, process token-000002');
  });

  it('takes a new token where one turns out invalid when it is sent again', async () => {
    const { clock, markId, press } = bench('mint');
    markId.next.process = [broken('ANSWER_LOST'), error('TOKEN_NOT_VALID')];
    markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE'), statusIs('ACTIVE')];
    expect(await press()).toBe('ANSWER_LOST');
    await clock.advance(60_000);
    expect(await press()).toBe('DELIVERY_UNCONFIRMED');
    expect(await press()).toBe('DELIVERED');
    expect(markId.calls()).toBe(
      'token, process token-000001, status, status, process token-000001, status, token, process token-000002',
    );
  });

  it('asks at most once in a press, also when sending again is lost too', async () => {
    const { clock, markId, press } = bench('mint');
    markId.next.process = [broken('ANSWER_LOST'), broken('ANSWER_LOST')];
    markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE')];
    await press();
    await clock.advance(60_000);
    expect(await press()).toBe('DELIVERY_UNCONFIRMED');
    expect(markId.calls()).toBe(
      'token, process token-000001, status, status, process token-000001',
    );
  });

  it('counts the minute from the end of the latest sending', async () => {
    const { markId, press } = bench('mint', async (path, clock) => {
      if (path === '/api/v2/process') await clock.advance(300_000);
    });
    markId.next.process = [broken('ANSWER_LOST')];
    markId.next.status = [statusIs('ACTIVE')];
    expect(await press()).toBe('ANSWER_LOST');
  });

  it('does not let a jump of the wall clock pass for a minute', async () => {
    const { clock, markId, press } = bench('mint');
    markId.next.process = [broken('ANSWER_LOST')];
    markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE')];
    await press();
    clock.jumpWall(3_600_000);
    expect(await press()).toBe('ANSWER_LOST');
  });

  it('tries another client once when Mark ID knows the client as busy, under the same reference', async () => {
    const { markId, press } = bench('mint');
    markId.next.token = [answer(409)];
    expect(await press()).toBe('DELIVERED');
    const [first, second] = markId.log;
    if (first?.call !== 'token' || second?.call !== 'token') throw new Error('no two tokens');
    expect(second.clientId).not.toBe(first.clientId);
    expect(second.externalRef).toBe(first.externalRef);
  });

  it('gives up after a second busy client', async () => {
    const { markId, press } = bench('mint');
    markId.next.token = [answer(409), answer(409)];
    expect(await press()).toBe('MARKID_CLIENT_BUSY');
    expect(markId.calls()).toBe('token, token');
  });

  it.each([
    ['MARKID_UNAUTHORIZED', answer(401)],
    ['NETWORK_UNREACHABLE', broken('NETWORK_UNREACHABLE')],
    // No picture has left with a token that was made and lost.
    ['NETWORK_UNREACHABLE', broken('ANSWER_LOST')],
    ['MARKID_ANSWER_UNREADABLE', answer(200)],
  ])(
    'sends nothing when minting ends in %s (%#), and mints again at the next press',
    async (code, reply) => {
      const { markId, press } = bench('mint');
      markId.next.token = [reply];
      expect(await press()).toBe(code);
      expect(await press()).toBe('DELIVERED');
      expect(markId.calls()).toBe('token, token, process token-000001');
    },
  );

  it('refuses a token that Mark ID gives out a second time', async () => {
    const { markId, press } = bench('mint');
    const same = answer(200, { authToken: 'token-again-1', scanRef: 'scan-again-1' });
    markId.next.token = [same, same];
    markId.next.process = [error('BAD_VALUE')];
    await press();
    expect(await press()).toBe('TOKEN_SPENT');
    expect(markId.calls()).toBe('token, process token-again-1, token');
  });

  it('asks for no token when the pictures are too large', async () => {
    const { markId, press } = bench('mint');
    const images = { FRONT: new Uint8Array(LIMITS.sentPictureBytes + 1) };
    expect(await press({ ...content(), images })).toBe('SUBMISSION_TOO_LARGE');
    expect(markId.log).toEqual([]);
  });

  it('refuses a second press while the first one runs', async () => {
    const held = Promise.withResolvers<void>();
    const { press } = bench('mint', () => held.promise);
    const first = press();
    expect(await press()).toBe('SUBMISSION_RUNNING');
    held.resolve();
    expect(await first).toBe('DELIVERED');
  });

  it('treats a token as possibly sent when sending ends in a fault of our own', async () => {
    let isFaulty = true;
    const { markId, press } = bench('mint', (path) => {
      if (isFaulty && path === '/api/v2/process') throw new Error('bug');
    });
    await expect(press()).rejects.toThrow('bug');
    isFaulty = false;
    markId.next.status = [statusIs('ACTIVE')];
    expect(await press()).toBe('ANSWER_LOST');
    expect(markId.calls()).toBe('token, status');
  });
});
