import { describe, expect, it } from 'vitest';
import { assessFace, type FaceQuality } from '../../../../../renderer/vision/face/assess.ts';
import { detectFaces, type FacePoints } from '../../../../../renderer/vision/face/detect.ts';
import { headPoseOf, poseScore } from '../../../../../renderer/vision/face/pose.ts';
import { loadFaceNetwork } from '../../../../eval/face-network.ts';
import { drawPeople, type StandingPerson } from '../../../../support/people.ts';

const network = await loadFaceNetwork();
const PERSON: StandingPerson = { x: 320, y: 200, eyesPx: 80 };

const assess = async (person: Partial<StandingPerson>, brightness = 1): Promise<FaceQuality> => {
  const frame = await drawPeople([{ ...PERSON, ...person }]);
  const data = frame.data.map((value, at) => (at % 4 === 3 ? value : value * brightness));
  const lit = { ...frame, data };
  const [face, ...others] = detectFaces(network, lit);
  if (face === undefined) throw new Error('There is a person.');
  return assessFace(lit, face, others);
};

describe('assessFace', () => {
  it('measures eyes, head and light of a person who looks straight ahead', async () => {
    const { measures } = await assess({});
    expect(measures.interEyeDistancePx.value).toBeCloseTo(80, -1);
    expect(measures.headSizeShare.verdict).toBe('good');
    expect(measures.headPoseYawScore.value).toBeGreaterThan(95);
    expect(measures.headPoseRollScore.value).toBeGreaterThan(99);
    expect(measures.luminanceMean.verdict).toBe('good');
    expect(measures.secondFaceShare.value).toBe(0);
  });

  it('gives a tilted head the score of its angle, and the light of an upright one', async () => {
    const { measures: upright } = await assess({});
    const { measures: tilted } = await assess({ tiltDeg: 30 });
    expect(Math.abs(tilted.headPoseRollScore.value - 75)).toBeLessThan(6);
    expect(tilted.headPoseRollScore.verdict).toBe('too-low');
    expect(Math.abs(tilted.luminanceMean.value - upright.luminanceMean.value)).toBeLessThan(5);
  });

  it('measures the same distance of the eyes and the same light wherever the person stands', async () => {
    const { measures: here } = await assess({});
    const { measures: there } = await assess({ x: 260, y: 230 });
    expect(there.interEyeDistancePx.value / here.interEyeDistancePx.value).toBeCloseTo(1, 1);
    expect(Math.abs(there.luminanceMean.value - here.luminanceMean.value)).toBeLessThan(5);
  });

  it('measures a third of the light in a third of the light', async () => {
    const { measures: full } = await assess({});
    const { measures: dim } = await assess({}, 1 / 3);
    expect(dim.luminanceMean.value).toBeCloseTo(full.luminanceMean.value / 3, -1);
  });

  it('tells which border the head is nearest to', async () => {
    expect((await assess({ x: 120 })).nearest).toBe('left');
    expect((await assess({ x: 520 })).nearest).toBe('right');
  });
});

/** An upright head with 60 px between the eyes. */
const FRONTAL: FacePoints = {
  rightEye: { x: 70, y: 100 },
  leftEye: { x: 130, y: 100 },
  noseTip: { x: 100, y: 135.2 },
  mouth: { x: 100, y: 164 },
  rightEar: { x: 33, y: 115 },
  leftEar: { x: 167, y: 115 },
};

describe('headPoseOf', () => {
  it('gives no angle to a head that looks straight ahead', () => {
    const pose = headPoseOf(FRONTAL);
    for (const angle of [pose.yawDeg, pose.pitchDeg, pose.rollDeg])
      expect(Math.abs(angle)).toBeLessThan(0.1);
    expect(pose.interEyeDistancePx).toBe(60);
    expect(pose.eyesToChinPx).toBeCloseTo(108.8);
  });

  it('tells left from right, up from down', () => {
    const nose = (x: number, y: number): FacePoints => ({ ...FRONTAL, noseTip: { x, y } });
    expect(headPoseOf(nose(120, 135)).yawDeg).toBeGreaterThan(10);
    expect(headPoseOf(nose(80, 135)).yawDeg).toBeLessThan(-10);
    expect(headPoseOf(nose(100, 120)).pitchDeg).toBeGreaterThan(15);
    expect(headPoseOf(nose(100, 150)).pitchDeg).toBeLessThan(-15);
  });

  it('finds roll alone in a head that is tilted', () => {
    const angle = Math.PI / 6;
    const tilt = ({ x, y }: { x: number; y: number }) => ({
      x: x * Math.cos(angle) - y * Math.sin(angle),
      y: x * Math.sin(angle) + y * Math.cos(angle),
    });
    const tilted: FacePoints = {
      rightEye: tilt(FRONTAL.rightEye),
      leftEye: tilt(FRONTAL.leftEye),
      noseTip: tilt(FRONTAL.noseTip),
      mouth: tilt(FRONTAL.mouth),
      rightEar: tilt(FRONTAL.rightEar),
      leftEar: tilt(FRONTAL.leftEar),
    };
    const pose = headPoseOf(tilted);
    expect(pose.rollDeg).toBeCloseTo(30);
    expect(Math.abs(pose.yawDeg)).toBeLessThan(0.1);
    expect(Math.abs(pose.pitchDeg)).toBeLessThan(0.1);
  });
});

it('scores angles by the square of their cosine', () => {
  expect(poseScore(0)).toBe(100);
  expect(poseScore(-45)).toBeCloseTo(50);
  expect(poseScore(120)).toBe(0);
});
