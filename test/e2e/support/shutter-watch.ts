/** Notes what the screen shows at the moment the shutter fires: the outlined document and the live frame. */
import type { Page } from 'playwright';
import { THUMB, type Thumb } from './given-clip.ts';
import { readSlate, slateRows, type Slate } from '../../specimens/slate.ts';
import type { Quad } from '../../../renderer/vision/geometry.ts';

/** One picture as it was taken. */
export interface Shot {
  readonly step: string;
  /** The outline, in pixels of the camera's frame; null where none was shown. */
  readonly quad: Quad | null;
  /** Since the frame's own step settled, milliseconds; null where the slate says nothing of it. */
  readonly afterSettledMs: number | null;
  /** What was shown before it, oldest first, and at last when it was taken. */
  readonly seen: readonly { readonly thumb: Thumb; readonly beforeMs: number }[];
}

interface RawView {
  /** RGBA of one line through the slate. */
  readonly row: readonly number[];
  /** RGBA of the whole frame, made small. */
  readonly thumb: readonly number[];
  readonly atMs: number;
}

interface RawShot extends RawView {
  readonly step: string;
  readonly points: string | null;
}

interface NotedWindow {
  readonly shots: RawShot[];
  readonly views: RawView[];
}

/** Starts to note. The page must be on the capture screen or before it. */
export const noteShots = (page: Page): Promise<void> =>
  page.evaluate(
    ({ middleShare, thumb: size }) => {
      const noted: NotedWindow = { shots: [], views: [] };
      Object.assign(window, { noted });
      const read = (
        video: HTMLVideoElement,
        from: { y: number; heightPx: number },
        to: { widthPx: number; heightPx: number },
      ): number[] => {
        const canvas = new OffscreenCanvas(to.widthPx, to.heightPx);
        const pen = canvas.getContext('2d', { willReadFrequently: true });
        const { videoWidth } = video;
        pen?.drawImage(video, 0, from.y, videoWidth, from.heightPx, 0, 0, to.widthPx, to.heightPx);
        return [...(pen?.getImageData(0, 0, to.widthPx, to.heightPx).data ?? [])];
      };
      const look = (): { row: number[]; thumb: number[]; atMs: number } => {
        const video = document.querySelector('video');
        const atMs = performance.now();
        if (video === null || video.videoWidth === 0) return { row: [], thumb: [], atMs };
        const y = Math.floor(video.videoWidth * middleShare);
        return {
          row: read(video, { y, heightPx: 1 }, { widthPx: video.videoWidth, heightPx: 1 }),
          thumb: read(video, { y: 0, heightPx: video.videoHeight }, size),
          atMs,
        };
      };
      // Reading a frame takes the page 60 ms: often enough to tell, seldom enough to disturb nothing.
      setInterval(() => noted.views.push(look()), 300);
      let last = '';
      new MutationObserver(() => {
        const capture = document.querySelector('[data-screen="capture"]');
        const phase = capture?.getAttribute('data-phase') ?? '';
        if (phase === 'storing' && last !== 'storing')
          noted.shots.push({
            step: capture?.getAttribute('data-step') ?? '',
            points:
              document.querySelector('.capture-overlay polygon')?.getAttribute('points') ?? null,
            ...look(),
          });
        last = phase;
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    },
    { middleShare: slateRows(1280) / 2 / 1280, thumb: THUMB },
  );

const slateOf = (row: readonly number[]): Slate | null => {
  const widthPx = row.length / 4;
  if (widthPx === 0) return null;
  const rgba = new Uint8Array(row.length * slateRows(widthPx));
  for (let index = 0; index < slateRows(widthPx); index += 1) rgba.set(row, index * row.length);
  return readSlate(rgba, widthPx);
};

const quadOf = (points: string | null): Quad | null => {
  const [a, b, c, d] = (points ?? '').split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return { x, y };
  });
  return a === undefined || b === undefined || c === undefined || d === undefined
    ? null
    : [a, b, c, d];
};

/** Every picture that was taken since noting began. */
export const shotsOf = async (page: Page): Promise<readonly Shot[]> => {
  const { shots, views } = await page.evaluate(
    () => (window as unknown as { noted: NotedWindow }).noted,
  );
  const slates = views.map(({ row, atMs }) => ({ slate: slateOf(row), atMs }));
  return shots.map((shot) => {
    const { step, points, atMs } = shot;
    const before = slates.filter((one) => one.atMs <= atMs).toReversed();
    const unsettled = before.findIndex(({ slate }) => slate?.isSettled !== true);
    const settledAt = before[unsettled - 1]?.atMs ?? null;
    return {
      step,
      quad: quadOf(points),
      afterSettledMs: settledAt === null ? null : atMs - settledAt,
      seen: [...views.filter((view) => view.atMs < atMs), shot]
        .filter(({ thumb }) => thumb.length > 0)
        .map(({ thumb, atMs: seenMs }) => ({ thumb, beforeMs: atMs - seenMs })),
    };
  });
};
