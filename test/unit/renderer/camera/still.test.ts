/** The still: full size, within the limit, and no frame kept. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { readStill } from '../../../../renderer/camera/still.ts';

function videoOf(widthPx: number, heightPx: number): HTMLVideoElement;
function videoOf(widthPx: number, heightPx: number): unknown {
  return { videoWidth: widthPx, videoHeight: heightPx };
}

/** A canvas whose JPEGs have the sizes given, one after the other. */
const stubCanvas = (sizes: readonly number[]) => {
  const seen = { sizes: [] as string[], qualities: [] as number[], widthsLeft: [] as number[] };
  const left = [...sizes];
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      #width: number;

      constructor(width: number, height: number) {
        this.#width = width;
        seen.sizes.push(`${width}x${height}`);
      }

      get width(): number {
        return this.#width;
      }

      set width(width: number) {
        this.#width = width;
        seen.widthsLeft.push(width);
      }

      getContext() {
        return { drawImage: () => {}, translate: () => {}, rotate: () => {} };
      }

      convertToBlob({ type, quality }: { type: string; quality: number }) {
        seen.qualities.push(quality);
        const size = left.shift();
        if (size === undefined) return Promise.reject(new DOMException('', 'EncodingError'));
        const bytes = Promise.resolve(new ArrayBuffer(1));
        return Promise.resolve({ type, size, arrayBuffer: () => bytes });
      }
    },
  );
  return seen;
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('readStill', () => {
  it('takes the frame at its own size and forgets it', async () => {
    const seen = stubCanvas([1_000]);
    expect((await readStill(videoOf(3840, 2160))).ok).toBe(true);
    expect(seen).toEqual({ sizes: ['3840x2160'], qualities: [0.95], widthsLeft: [0] });
  });

  it('lowers the quality only as far as the limit asks', async () => {
    const seen = stubCanvas([LIMITS.pictureBytes + 1, LIMITS.pictureBytes]);
    expect((await readStill(videoOf(3840, 2160))).ok).toBe(true);
    expect(seen.qualities).toEqual([0.95, 0.9]);
  });

  it.each([
    ['is too large at every quality', Array.from({ length: 4 }, () => LIMITS.pictureBytes + 1)],
    ['can not be encoded', []],
  ])('fails when the frame %s, and forgets it', async (_name, sizes) => {
    const seen = stubCanvas(sizes);
    expect(await readStill(videoOf(1280, 720))).toEqual(fail('CAMERA_FAILED'));
    expect(seen.widthsLeft).toEqual([0]);
  });

  it('fails without a frame', async () => {
    expect(await readStill(videoOf(0, 0))).toEqual(fail('CAMERA_FAILED'));
  });
});
