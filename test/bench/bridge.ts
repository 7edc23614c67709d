/**
 * Owns the time a picture takes over the bridge, against the same picture as base64 text. Main
 * refuses it for want of a session, so that nothing but the crossing and the door is measured.
 */
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import { buildKiosk, KIOSK_DIR, withApp } from './app-runs.ts';
import { round, type Bench } from './bench.ts';

const PICTURE_BYTES = 5_000_000;
const MAX_MS = 500;
const ROUNDS = 9;

export const bridgeBench: Bench = {
  name: 'bridge',
  target: `a picture of ${PICTURE_BYTES / 1e6} MB crosses in at most ${MAX_MS} ms; the same as base64 text beside it`,
  run: async () => {
    buildKiosk();
    const { bytesMs, base64Ms } = await withApp(KIOSK_DIR, async (page) => {
      await page.locator('[data-screen="attract"]').waitFor();
      return page.evaluate(
        async ({ size, rounds }) => {
          const { kiosk } = window as unknown as { readonly kiosk: KioskApi };
          const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) & 255);
          const expect = (
            answer: { ok: boolean; error?: { code: string } },
            code: string,
          ): void => {
            if (answer.ok || answer.error?.code !== code)
              throw new Error('an answer nobody expected');
          };
          const sendBytes = async (): Promise<void> => {
            expect(
              await kiosk.capture.storePicture({ step: 'FRONT', source: 'camera', bytes }),
              'NO_SESSION',
            );
          };
          const sendText = async (): Promise<void> => {
            const text = (bytes as unknown as { toBase64(): string }).toBase64();
            const request = {
              step: 'FRONT',
              source: 'camera',
              bytes: text as unknown as Uint8Array,
            } as const;
            expect(await kiosk.capture.storePicture(request), 'REQUEST_TOO_LARGE');
          };
          const time = async (send: () => Promise<void>): Promise<number> => {
            const startedAt = performance.now();
            await send();
            return performance.now() - startedAt;
          };
          const median = (values: number[]): number =>
            values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
          await sendBytes();
          await sendText();
          const ours: number[] = [];
          const peer: number[] = [];
          for (let turn = 0; turn < rounds; turn += 1) {
            ours.push(await time(sendBytes));
            peer.push(await time(sendText));
          }
          return { bytesMs: median(ours), base64Ms: median(peer) };
        },
        { size: PICTURE_BYTES, rounds: ROUNDS },
      );
    });
    return {
      reached: bytesMs <= MAX_MS,
      figures: { bytesMs: round(bytesMs, 0), base64Ms: round(base64Ms, 0) },
    };
  },
};
