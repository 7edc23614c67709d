import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedSubmission } from '../../../../main/training/routes.ts';
import {
  call,
  IMAGE,
  json,
  mint,
  reason,
  PICTURE,
  start,
  statusOf,
  submission,
  type Running,
} from './client.ts';

const accepted: AcceptedSubmission[] = [];
let simulator: Running;

beforeAll(async () => {
  simulator = await start({ onSubmission: (one) => accepted.push(one) });
});

afterAll(() => simulator.stop());

describe('/process', () => {
  it('answers success with 200 and an empty body, and tells the caller what it took', async () => {
    const { authToken, scanRef } = await mint(simulator);
    const answer = await call(simulator, 'process', submission(authToken));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers['content-length']).toBe('0');
    const one = accepted.find((submission) => submission.scanRef === scanRef);
    expect(one).toMatchObject({ country: 'LT', documentType: 'PASSPORT' });
    expect(Buffer.from(one?.images.FRONT ?? []).equals(PICTURE)).toBe(true);
  });

  it('takes each token once: used, expired and unknown ones are TOKEN_NOT_VALID', async () => {
    const { authToken } = await mint(simulator);
    const late = await mint(simulator, { expiryTime: 5 });
    await call(simulator, 'process', submission(authToken));
    await simulator.clock.advance(5_000);
    for (const token of [authToken, late.authToken, 'never-minted']) {
      const answer = await call(simulator, 'process', submission(token));
      expect(reason(answer)).toBe('400 TOKEN_NOT_VALID');
    }
    expect(simulator.journal.submissionsOf(authToken)).toEqual({ posted: 2, accepted: 1 });
  });

  it('asks for the steps each document needs, by name', async () => {
    const needed: Record<string, string[]> = {
      ID_CARD: ['FRONT', 'BACK', 'FACE'],
      PASSPORT: ['FRONT', 'FACE'],
      RESIDENCE_PERMIT: ['FRONT', 'BACK', 'FACE'],
      DRIVER_LICENSE: ['FRONT', 'BACK', 'FACE'],
      OTHER: ['FRONT', 'FACE'],
    };
    for (const [documentType, steps] of Object.entries(needed)) {
      for (const missing of steps) {
        const images = Object.fromEntries(steps.map((s) => [s, s === missing ? null : IMAGE]));
        const { authToken } = await mint(simulator);
        const body = submission(authToken, { documentType, images });
        const answer = await call(simulator, 'process', body);
        expect(reason(answer)).toBe('400 MISSING_VALUE');
        expect(json(answer)['message']).toBe(`No image provided for step '${missing}'`);
      }
      const { authToken } = await mint(simulator);
      const images = Object.fromEntries(steps.map((step) => [step, IMAGE]));
      const answer = await call(
        simulator,
        'process',
        submission(authToken, { documentType, images }),
      );
      expect(answer).toMatchObject({ status: 200, text: '' });
    }
  });

  it('asks for what the token says: a utility bill, no face, one country, some documents', async () => {
    const cases: [Record<string, unknown>, Record<string, unknown>, string][] = [
      [{ utilityBill: true }, {}, "400 No image provided for step 'UTILITY_BILL'"],
      [
        { utilityBill: true },
        { images: { FRONT: IMAGE, FACE: IMAGE, UTILITY_BILL: IMAGE } },
        '200 ',
      ],
      [{ tokenType: 'DOCUMENT' }, { images: { FRONT: IMAGE } }, '200 '],
      [{ country: 'LV' }, {}, '400 The token is for another country.'],
      [{ documents: ['ID_CARD'] }, {}, '400 The token is for other documents.'],
    ];
    for (const [order, changes, expected] of cases) {
      const { authToken } = await mint(simulator, order);
      const answer = await call(simulator, 'process', submission(authToken, changes));
      const message = answer.text === '' ? '' : String(json(answer)['message']);
      expect(`${answer.status} ${message}`).toBe(expected);
    }
  });

  it('names the fault of each field and spends the token on it', async () => {
    const images = (FRONT: unknown) => ({ images: { FRONT, FACE: IMAGE } });
    const cases: [Record<string, unknown>, string][] = [
      [{ country: undefined }, 'MISSING_VALUE'],
      [{ country: 'lt' }, 'BAD_VALUE'],
      [{ country: 370 }, 'VALIDATION_ERROR'],
      [{ documentType: null }, 'MISSING_VALUE'],
      [{ documentType: 'LIBRARY_CARD' }, 'BAD_VALUE'],
      [{ images: undefined }, 'MISSING_VALUE'],
      [{ images: 'none' }, 'VALIDATION_ERROR'],
      [images(7), 'VALIDATION_ERROR'],
      [images('%%%'), 'ENCODING_ERROR'],
      [images(`${IMAGE}=`), 'ENCODING_ERROR'],
      [images(`data:image/png;base64,${IMAGE}`), 'ENCODING_ERROR'],
      [images(''), 'BAD_VALUE'],
      [images(Buffer.from('GIF89a').toString('base64')), 'BAD_VALUE'],
      [images(PICTURE.subarray(0, 20).toString('base64')), 'BAD_VALUE'],
    ];
    for (const [changes, identifier] of cases) {
      const { authToken, scanRef } = await mint(simulator);
      const answer = await call(simulator, 'process', submission(authToken, changes));
      expect([changes, reason(answer)]).toEqual([changes, `400 ${identifier}`]);
      const again = await call(simulator, 'process', submission(authToken));
      expect(reason(again)).toBe('400 TOKEN_NOT_VALID');
      expect(await statusOf(simulator, scanRef)).toBe('EXPIRED');
      expect(simulator.journal.submissionsOf(authToken)).toEqual({ posted: 2, accepted: 0 });
    }
  });

  it('takes tokens of 10 to 40 ASCII characters', async () => {
    for (const token of ['x'.repeat(9), 'x'.repeat(41), '\u00e9'.repeat(20)]) {
      const answer = await call(simulator, 'process', submission(token));
      expect(reason(answer)).toBe('400 VALIDATION_ERROR');
    }
    const answer = await call(simulator, 'process', submission('', { authToken: undefined }));
    expect(reason(answer)).toBe('400 MISSING_VALUE');
  });

  it('takes an image of 6 000 000 base64 characters and not one group more', async () => {
    const padded = (bytes: number): string =>
      Buffer.concat([PICTURE, Buffer.alloc(bytes - PICTURE.length)]).toString('base64');
    const largest = await mint(simulator);
    const larger = await mint(simulator);
    const images = (FRONT: string) => ({ images: { FRONT, FACE: IMAGE } });
    const fits = await call(
      simulator,
      'process',
      submission(largest.authToken, images(padded(4_500_000))),
    );
    expect(fits).toMatchObject({ status: 200, text: '' });
    const over = await call(
      simulator,
      'process',
      submission(larger.authToken, images(padded(4_500_001))),
    );
    expect(reason(over)).toBe('400 VALIDATION_ERROR');
  });

  it('never says a word of the request back', async () => {
    const canary = 'CANARY-4711';
    const { authToken } = await mint(simulator);
    const bodies = [
      submission(authToken, { country: canary }),
      submission(canary),
      { [canary]: canary },
      submission((await mint(simulator)).authToken, { images: { FRONT: canary, FACE: canary } }),
      submission((await mint(simulator)).authToken, { documentType: canary }),
    ];
    for (const route of ['process', 'token', 'status', 'delete']) {
      for (const body of bodies) {
        const answer = await call(simulator, route, { ...body, scanRef: canary });
        expect(answer.status).toBe(400);
        expect(answer.text).not.toContain(canary);
      }
    }
  });

  it('can be told other steps', async () => {
    const lenient = await start({ requiredSteps: { ID_CARD: ['FRONT'] } });
    try {
      const { authToken } = await mint(lenient);
      const body = submission(authToken, { documentType: 'ID_CARD', images: { FRONT: IMAGE } });
      expect((await call(lenient, 'process', body)).status).toBe(200);
    } finally {
      await lenient.stop();
    }
  });
});
