import { describe, expect, it } from 'vitest';
import { detectFaces } from '../../../../../renderer/vision/face/detect.ts';
import { readNetwork } from '../../../../../renderer/vision/face/network.ts';
import type { Raster } from '../../../../../renderer/vision/raster.ts';
import { loadFaceNetwork } from '../../../../eval/face-network.ts';
import { drawPeople } from '../../../../support/people.ts';

const network = await loadFaceNetwork();
const PERSON = { x: 320, y: 200, eyesPx: 80 };

/** A quarter turn clockwise, as of a camera that is mounted lying. */
const turned = ({ widthPx, heightPx, data }: Raster): Raster => {
  const turnedData = new Uint8Array(data.length);
  for (let y = 0; y < heightPx; y += 1)
    for (let x = 0; x < widthPx; x += 1)
      turnedData.set(
        data.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4),
        (x * heightPx + heightPx - 1 - y) * 4,
      );
  return { widthPx: heightPx, heightPx: widthPx, channels: 4, data: turnedData };
};

describe('detectFaces', () => {
  it('finds nobody before an empty wall', async () => {
    expect(detectFaces(network, await drawPeople([]))).toEqual([]);
  });

  it('finds the eyes of a person to a tenth of what lies between them', async () => {
    for (const tiltDeg of [0, 30]) {
      const faces = detectFaces(network, await drawPeople([{ ...PERSON, tiltDeg }]));
      expect(faces).toHaveLength(1);
      const angle = (tiltDeg * Math.PI) / 180;
      const dx = 40 * Math.cos(angle);
      const dy = 40 * Math.sin(angle);
      const { rightEye, leftEye } = faces[0]?.points ?? {};
      for (const [found, x, y] of [
        [rightEye, PERSON.x - dx, PERSON.y - dy],
        [leftEye, PERSON.x + dx, PERSON.y + dy],
      ] as const)
        expect(Math.hypot((found?.x ?? 0) - x, (found?.y ?? 0) - y)).toBeLessThan(8);
    }
  });

  it('counts two people as two, and one far away as one', async () => {
    const two = await drawPeople([
      { x: 180, y: 200, eyesPx: 55 },
      { x: 450, y: 220, eyesPx: 55 },
    ]);
    expect(detectFaces(network, two)).toHaveLength(2);
    expect(detectFaces(network, await drawPeople([{ ...PERSON, eyesPx: 28 }]))).toHaveLength(1);
  });

  it('finds a person in the picture of a camera that lies on its side', async () => {
    const [face] = detectFaces(network, turned(await drawPeople([PERSON])));
    const { rightEye, leftEye } = face?.points ?? {};
    for (const [found, x, y] of [
      [rightEye, 480 - PERSON.y, PERSON.x - 40],
      [leftEye, 480 - PERSON.y, PERSON.x + 40],
    ] as const)
      expect(Math.hypot((found?.x ?? 0) - x, (found?.y ?? 0) - y)).toBeLessThan(8);
  });

  it('finds the same face in a frame of luma alone', async () => {
    const { widthPx, heightPx, data } = await drawPeople([PERSON]);
    const luma = new Uint8Array(widthPx * heightPx).map((_, at) => data[at * 4 + 1] ?? 0);
    expect(detectFaces(network, { widthPx, heightPx, channels: 1, data: luma })).toHaveLength(1);
  });
});

it('refuses weights that are not of the network', () => {
  expect(readNetwork(new ArrayBuffer(1024))).toBeNull();
});
