/** Bodies: whole, in pieces, too slow, of the wrong length, and such as can't be made after all. */
import { answered, arrives, staysAtHome, type ConformanceCase } from '../conformance-case.ts';
import { answerEmpty } from '../servers.ts';
import { LARGE_BYTES } from '../stage.ts';
import type { BodyWish } from '../wire-end.ts';

const sending = (
  what: string,
  body: BodyWish,
  expected: ConformanceCase['expected'],
): ConformanceCase => ({
  name: `a body that ${what}`,
  expected,
  play: async (stage) => [await stage.send({ trust: await stage.serve(answerEmpty), body })],
});

const whole = arrives(answered(200));
const cancelled = staysAtHome('SEND_CANCELLED');

export const BODY_CASES: readonly ConformanceCase[] = [
  sending('is small', { sizeBytes: 1 }, whole),
  sending('is large', { sizeBytes: LARGE_BYTES }, whole),
  sending('comes in pieces of odd sizes', { sizeBytes: 1_000_000, chunkBytes: 99_991 }, whole),
  sending(
    'comes slowly, without too long a silence',
    { sizeBytes: 1000, chunkBytes: 250, chunkDelayMs: 100 },
    whole,
  ),
  sending('throws at once', { sizeBytes: 1000, throwsAfterBytes: 0 }, cancelled),
  sending(
    'throws midway',
    { sizeBytes: 200_000, chunkBytes: 50_000, throwsAfterBytes: 100_000 },
    cancelled,
  ),
  sending('gives nothing', { sizeBytes: 1000, givenBytes: 0 }, cancelled),
  sending('is shorter than its size', { sizeBytes: 1000, givenBytes: 999 }, cancelled),
  sending('is longer than its size, all at once', { sizeBytes: 999, givenBytes: 1000 }, cancelled),
  sending(
    'is longer than its size by a piece',
    { sizeBytes: 1000, givenBytes: 1200, chunkBytes: 400 },
    cancelled,
  ),
  {
    name: 'a body that stalls before its first byte',
    expected: cancelled,
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      const body = { sizeBytes: 1000, chunkDelayMs: 3000 };
      return [await stage.send({ trust, body, timeoutMs: 1200, idleTimeoutMs: 1000 })];
    },
  },
  {
    name: 'progress while a server is slow to read',
    expected: whole,
    play: async (stage) => {
      const trust = await stage.serve(async ({ readSome, readAll, response }) => {
        await readSome();
        await new Promise((resolve) => setTimeout(resolve, 700));
        await readAll();
        response.end();
      });
      const outcome = await stage.send({ trust, body: { sizeBytes: LARGE_BYTES } });
      if (!stage.lastProgress.some((sent) => sent < LARGE_BYTES))
        stage.violations.push('no progress before the end');
      return [outcome];
    },
  },
];
