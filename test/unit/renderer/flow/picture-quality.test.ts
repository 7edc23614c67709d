/** What staff reads beside each picture: as it was measured, and nothing that was not. */
import { describe, expect, it } from 'vitest';
import { scannedQuality, watchedQuality } from '../../../../renderer/flow/picture-quality.ts';
import { NOTHING_READ } from '../../../../renderer/vision/worker/document-reading.ts';
import type { Look } from '../../../../renderer/vision/worker/messages.ts';
import { fakePage, findAt, FLATBED } from '../../../support/fake-scans.ts';
import { SHOOT, startFlow, stillWith, TO_CAPTURE } from './start-flow.ts';

const FACTS = {
  documentType: 'ID_CARD',
  country: 'LT',
  expiresOn: null,
  areCheckDigitsRight: false,
} as const;

const good = (value: number) => ({ value, verdict: 'good' }) as const;

const OF_DOCUMENT: Look['measures'] = {
  edgeSpreadPermille: good(1.86),
  glareShare: { value: 0.0312, verdict: 'too-high' },
  lightMean: good(150),
  fillShare: good(0.8),
  marginShare: good(0.1),
  tiltDeg: good(2),
  resolutionDpi: good(211.4),
  colourfulness: good(20),
  coveredShare: good(0),
};

describe('the quality of a picture', () => {
  it('is dpi, blur and glare of a document, each with its verdict', () => {
    expect(watchedQuality(OF_DOCUMENT, FACTS)).toEqual({
      facts: [
        { name: 'dpi', value: 211, isGood: true },
        { name: 'blur', value: 1.9, isGood: true },
        { name: 'glare', value: 3.1, isGood: false },
      ],
      areCheckDigitsRight: false,
    });
  });

  it('is only what was measured', () => {
    expect(watchedQuality(null, null)).toEqual({ facts: [], areCheckDigitsRight: null });
    expect(scannedQuality(300, 150, null)).toEqual({
      facts: [{ name: 'dpi', value: 300, isGood: true }],
      areCheckDigitsRight: null,
    });
    expect(scannedQuality(100, 150, FACTS)).toMatchObject({ facts: [{ isGood: false }] });
  });

  it('stays with the picture of its step, and goes with its customer', async () => {
    const flow = await startFlow();
    flow.camera.still = () => stillWith({ measures: OF_DOCUMENT });
    await flow.send(...TO_CAPTURE, SHOOT);
    expect(flow.context().qualities.FRONT?.facts).toHaveLength(3);
    await flow.send({ type: 'END' });
    expect(flow.context().qualities).toEqual({});
  });

  it('comes from the page a scanner gave, and from what was read on it', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = {
        ...kiosk.status,
        mode: 'teller',
        scanner: { isOffered: true, remembered: FLATBED },
      };
      const page = fakePage(1, { cards: [findAt(300), findAt(1500)] });
      kiosk.scans.outcomes.push({ pages: [page], code: null });
    });
    flow.scanned.readings = [
      { ...NOTHING_READ, side: 'front' },
      { ...NOTHING_READ, side: 'back', facts: { ...FACTS, areCheckDigitsRight: true } },
    ];
    await flow.send(...TO_CAPTURE);
    flow.actor.getSnapshot().children.scan?.send({ type: 'SCAN' });
    await flow.pass(0);
    expect(flow.context().qualities).toMatchObject({
      FRONT: { facts: [{ name: 'dpi', value: fakePage(1).dpi }], areCheckDigitsRight: null },
      BACK: { areCheckDigitsRight: true },
    });
  });
});
