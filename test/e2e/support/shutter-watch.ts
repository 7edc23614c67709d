/** Notes what the screen shows at the moment the shutter fires: the outlined document and the live frame. */
import type { Page } from 'playwright';
import { readSlate, slateRows, type Slate } from '../../specimens/slate.ts';
import type { Quad } from '../../../renderer/vision/geometry.ts';

/** One picture as it was taken. */
export interface Shot {
  readonly step: string;
  /** The outline, in pixels of the camera's frame; null where none was shown. */
  readonly quad: Quad | null;
  /** What our own clips say of the frame that is shown; null for other clips. */
  readonly slate: Slate | null;
  /** Since the frame's own step settled, milliseconds; null where the slate says nothing of it. */
  readonly afterSettledMs: number | null;
}

interface RawShot {
  readonly step: string;
  readonly points: string | null;
  readonly row: readonly number[];
  readonly widthPx: number;
  readonly atMs: number;
}

interface RawRow {
  readonly row: readonly number[];
  readonly atMs: number;
}

interface NotedWindow {
  readonly shots: RawShot[];
  readonly rows: RawRow[];
}

/** Starts to note. The page must be on the capture screen or before it. */
export const noteShots = (page: Page): Promise<void> =>
  page.evaluate(
    (middleShare) => {
      const noted: NotedWindow = { shots: [], rows: [] };
      Object.assign(window, { noted });
      let canvas: OffscreenCanvas | null = null;
      const rowOf = (): { row: number[]; widthPx: number } => {
        const video = document.querySelector('video');
        const widthPx = video?.videoWidth ?? 0;
        if (video === null || widthPx === 0) return { row: [], widthPx: 0 };
        canvas ??= new OffscreenCanvas(widthPx, 1);
        const pen = canvas.getContext('2d', { willReadFrequently: true });
        const y = Math.floor(widthPx * middleShare);
        pen?.drawImage(video, 0, y, widthPx, 1, 0, 0, widthPx, 1);
        return { row: [...(pen?.getImageData(0, 0, widthPx, 1).data ?? [])], widthPx };
      };
      // Reading a frame takes the page 60 ms: often enough to tell, seldom enough to disturb nothing.
      setInterval(() => noted.rows.push({ row: rowOf().row, atMs: performance.now() }), 300);
      let last = '';
      new MutationObserver(() => {
        const capture = document.querySelector('[data-screen="capture"]');
        const phase = capture?.getAttribute('data-phase') ?? '';
        if (phase === 'storing' && last !== 'storing')
          noted.shots.push({
            step: capture?.getAttribute('data-step') ?? '',
            points:
              document.querySelector('.capture-overlay polygon')?.getAttribute('points') ?? null,
            ...rowOf(),
            atMs: performance.now(),
          });
        last = phase;
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    },
    slateRows(1280) / 2 / 1280,
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
  const { shots, rows } = await page.evaluate(
    () => (window as unknown as { noted: NotedWindow }).noted,
  );
  const slates = rows.map(({ row, atMs }) => ({ slate: slateOf(row), atMs }));
  return shots.map(({ step, points, row, atMs }) => {
    const before = slates.filter((one) => one.atMs <= atMs).toReversed();
    const unsettled = before.findIndex(({ slate }) => slate?.isSettled !== true);
    const settledAt = before[unsettled - 1]?.atMs ?? null;
    return {
      step,
      quad: quadOf(points),
      slate: slateOf(row),
      afterSettledMs: settledAt === null ? null : atMs - settledAt,
    };
  });
};
