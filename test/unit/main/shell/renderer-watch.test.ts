import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { watchRenderer } from '../../../../main/shell/renderer-watch.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** Watches a page that answers as it is told, for so long, in fake time. */
const watchFor = async (ms: number, answer: () => Promise<unknown>, stopAfterMs = ms) => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const hung: number[] = [];
  const contents = { executeJavaScript: answer, isDestroyed: () => false };
  const watching = watchRenderer(contents as unknown as WebContents, clock, stop.signal, () => {
    hung.push(clock.monotonicMs());
  });
  const startMs = clock.monotonicMs();
  for (let passedMs = 0; passedMs < ms; passedMs += 500) {
    if (passedMs >= stopAfterMs) stop.abort();
    await clock.advance(500);
  }
  stop.abort();
  await watching;
  return hung.map((atMs) => atMs - startMs);
};

const silent = () => new Promise(() => undefined);

it('SEC-27 tells of a page that stays silent once, within twelve seconds', async () => {
  const hung = await watchFor(60_000, silent);
  expect(hung).toHaveLength(1);
  expect(hung[0]).toBeGreaterThan(10_000);
  expect(hung[0]).toBeLessThanOrEqual(12_000);
});

it('leaves a page alone that answers, and one that is being replaced and then answers', async () => {
  expect(await watchFor(60_000, () => Promise.resolve(0))).toEqual([]);
  let asked = 0;
  const replaced = () => {
    asked += 1;
    return asked < 4 ? Promise.reject(new Error('gone')) : Promise.resolve(0);
  };
  expect(await watchFor(60_000, replaced)).toEqual([]);
});

it('says nothing of a page that is no longer watched', async () => {
  expect(await watchFor(60_000, silent, 5_000)).toEqual([]);
});
