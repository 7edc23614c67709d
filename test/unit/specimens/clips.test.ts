/** Clips: whole JPEGs, as many as the truth says, in the order of the steps, with a readable slate. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSessionClip } from '../../specimens/clips.ts';
import type { ClipTruth } from '../../specimens/clip-writer.ts';
import { CONDITIONS, writeConditionClip } from '../../specimens/condition-clips.ts';
import { drawSlate, readSlate, slateRows, type Slate } from '../../specimens/slate.ts';

const REQUEST = {
  widthPx: 640,
  heightPx: 360,
  seed: 2,
  issuer: 'UTO',
  documentType: 'PASSPORT',
  issuedOn: '2025-02-28',
  billIssuedOn: '2026-01-10',
} as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specimens-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Split where an end-of-image marker meets a start-of-image marker; anything else between is a fault. */
function splitJpegs(clip: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  let start = 0;
  while (start < clip.length) {
    const border = clip.indexOf(Buffer.from([0xff, 0xd9, 0xff, 0xd8, 0xff]), start);
    const end = border < 0 ? clip.length : border + 2;
    frames.push(clip.subarray(start, end));
    start = end;
  }
  return frames;
}

async function rgbaOf(jpeg: Buffer, widthPx: number): Promise<Uint8Array> {
  return await sharp(jpeg).resize(widthPx).ensureAlpha().raw().toBuffer();
}

async function framesOf(name: string, truth: ClipTruth): Promise<readonly Buffer[]> {
  const frames = splitJpegs(await readFile(join(folder, name)));
  expect(frames).toHaveLength(truth.frames.length);
  const unlike = new Map(frames.map((frame) => [frame.toString('latin1'), frame]));
  for (const frame of unlike.values()) {
    expect(frame.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    const { data, info } = await sharp(frame, { failOn: 'warning' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([truth.widthPx, truth.heightPx]);
    expect(data.length).toBe(truth.widthPx * truth.heightPx * 3);
  }
  return frames;
}

/** Seconds of drawing on a busy machine. */
const TIMEOUT = { timeout: 60_000 };

describe('session clip', TIMEOUT, () => {
  it('shows the steps in order, slated, with the document whole when it has settled', async () => {
    const steps = ['FRONT', 'BACK', 'FACE', 'UTILITY_BILL'] as const;
    const truth = await writeSessionClip(join(folder, 's.mjpeg'), { ...REQUEST, steps });
    expect(JSON.parse(await readFile(join(folder, 's.json'), 'utf8'))).toEqual(truth);
    const frames = await framesOf('s.mjpeg', truth);

    const settled = truth.frames.flatMap(({ step, isSettled }) => (isSettled ? [step] : []));
    expect([...new Set(settled)]).toEqual(['FRONT', 'FACE', 'UTILITY_BILL']);
    expect(truth.documents.map(({ step }) => step)).toEqual(['FRONT', 'UTILITY_BILL']);
    for (const step of new Set(settled)) {
      /** Two whole seconds or nearly: long enough to press a shutter on a slow machine. */
      expect(settled.filter((each) => each === step).length).toBeGreaterThanOrEqual(54);
    }
    for (const [index, { step, isSettled, quad }] of truth.frames.entries()) {
      if (index % 9 !== 0) continue;
      const seen = readSlate(await rgbaOf(frames[index] ?? Buffer.of(), 640), 640);
      expect(seen).toEqual({ step, isSettled });
      if (!isSettled || step === 'FACE') continue;
      expect(quad?.every(({ x, y }) => x > 0 && y > 0 && x < 640 && y < 360)).toBe(true);
    }
  });

  it('is the same to the last byte for the same request', async () => {
    const small = { widthPx: 320, heightPx: 180, documentType: 'ID_CARD' } as const;
    const request = { ...REQUEST, ...small, steps: ['BACK', 'FACE'] } as const;
    await writeSessionClip(join(folder, 'one.mjpeg'), request);
    await writeSessionClip(join(folder, 'two.mjpeg'), request);
    const [one, two] = await Promise.all(
      ['one.mjpeg', 'two.mjpeg'].map(async (name) => await readFile(join(folder, name))),
    );
    expect(one?.length).toBeGreaterThan(100_000);
    expect(Buffer.compare(one ?? Buffer.of(), two ?? Buffer.of(1))).toBe(0);
  });
});

describe('condition clips', TIMEOUT, () => {
  it.each(CONDITIONS)('writes one second of %s', async (condition) => {
    const name = `${condition}.mjpeg`;
    const truth = await writeConditionClip(join(folder, name), condition, REQUEST);
    const frames = await framesOf(name, truth);
    expect(frames).toHaveLength(30);
    const hasDocument = condition !== 'empty' && condition !== 'black';
    expect(truth.frames[0]?.quad !== null).toBe(hasDocument);
    const rgba = await rgbaOf(frames[0] ?? Buffer.of(), 640);
    expect(readSlate(rgba, 640)).toBeNull();
    if (condition === 'black')
      expect(rgba.every((value, at) => at % 4 === 3 || value === 0)).toBe(true);
  });
});

describe('slate', () => {
  const slates: readonly Slate[] = [
    { step: null, isSettled: false },
    { step: 'FRONT', isSettled: true },
    { step: 'BACK', isSettled: false },
    { step: 'FACE', isSettled: true },
    { step: 'UTILITY_BILL', isSettled: true },
  ];

  it.each([1920, 1280, 640])('is read from its rows alone at %i pixels', (widthPx) => {
    for (const slate of slates) {
      const heightPx = slateRows(widthPx);
      const data = new Uint8Array(widthPx * heightPx * 4).fill(128);
      drawSlate({ widthPx, heightPx, channels: 4, data }, slate);
      expect(readSlate(data, widthPx)).toEqual(slate);
    }
  });

  it('is not seen where a cell is spoiled', () => {
    const data = new Uint8Array(1280 * 8 * 4).fill(128);
    const picture = { widthPx: 1280, heightPx: 8, channels: 4, data } as const;
    drawSlate(picture, { step: 'FACE', isSettled: true });
    for (let row = 0; row < 8; row += 1)
      data.fill(16, (row * 1280 + 160) * 4, (row * 1280 + 192) * 4);
    expect(readSlate(data, 1280)).toBeNull();
  });
});
