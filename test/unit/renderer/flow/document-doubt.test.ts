/** What the flow makes of a document that is another one than was chosen. */
import { describe, expect, it } from 'vitest';
import { proposedChoice } from '../../../../renderer/flow/document-doubt.ts';
import type { DocumentFacts } from '../../../../renderer/vision/document-facts.ts';
import { CHOOSE_ID_CARD, SHOOT, startFlow, stillWith, TO_CAPTURE } from './start-flow.ts';

const AS_CHOSEN: DocumentFacts = {
  documentType: 'ID_CARD',
  country: 'LT',
  expiresOn: '2030-01-01',
  areCheckDigitsRight: true,
};
const PASSPORT_OF_LATVIA: DocumentFacts = {
  documentType: 'PASSPORT',
  country: 'LV',
  expiresOn: '2026-11-25',
  areCheckDigitsRight: true,
};

const atCapture = async (facts: DocumentFacts | null) => {
  const flow = await startFlow();
  const show = (shown: DocumentFacts | null): void => {
    flow.camera.still = () => stillWith({ facts: shown });
  };
  show(facts);
  await flow.send(...TO_CAPTURE, SHOOT);
  return { ...flow, show };
};

describe('a document that is another one than was chosen', () => {
  it('is told of, and nothing is held up', async () => {
    const { context, place, send, show } = await atCapture(PASSPORT_OF_LATVIA);
    expect(place()).toBe('customer.capture.aiming');
    expect(context().doubt?.warnings).toEqual([
      'COUNTRY_DIFFERS',
      'DOCUMENT_TYPE_DIFFERS',
      'EXPIRED',
    ]);
    show(null);
    await send(SHOOT, SHOOT);
    expect(place()).toBe('customer.review.ready');
    expect(context().doubt).not.toBeNull();
  });

  it('gives nothing to ask about where it is as chosen', async () => {
    const { context } = await atCapture(AS_CHOSEN);
    expect(context().doubt).toBeNull();
  });

  it('is settled by another picture of its step', async () => {
    const { context, send, show } = await atCapture(PASSPORT_OF_LATVIA);
    show(AS_CHOSEN);
    await send(SHOOT, SHOOT);
    expect(context().doubt).not.toBeNull();
    await send({ type: 'RETAKE', step: 'FRONT' }, SHOOT);
    expect(context().doubt).toBeNull();
  });

  it('leads back to the choice, from the capture and from the review', async () => {
    const { context, place, send } = await atCapture(PASSPORT_OF_LATVIA);
    await send({ type: 'CHANGE_DOCUMENT' });
    expect(place()).toBe('customer.document.choosing');
    await send(CHOOSE_ID_CARD);
    expect(context().doubt).toBeNull();
    await send(SHOOT, SHOOT);
    expect(place()).toBe('customer.review.ready');
    await send({ type: 'CHANGE_DOCUMENT' });
    expect(place()).toBe('customer.document.choosing');
  });

  it('SEC-22 is forgotten with its customer', async () => {
    const { context, send } = await atCapture(PASSPORT_OF_LATVIA);
    await send({ type: 'END' });
    expect(context().doubt).toBeNull();
  });
});

describe('a picture that is taken as it is', () => {
  it('is marked for main', async () => {
    const flow = await startFlow();
    flow.camera.still = () => stillWith({ isTakenAsIs: true });
    await flow.send(...TO_CAPTURE, SHOOT);
    expect(flow.kiosk.requests.get('capture:store-picture')).toMatchObject({ isTakenAsIs: true });
  });
});

describe('the choice that is proposed', () => {
  const choice = { country: 'LT', documentType: 'ID_CARD' } as const;
  const doubt = { step: 'FRONT', facts: PASSPORT_OF_LATVIA, warnings: [] } as const;

  it('is what the document says of itself', () => {
    expect(proposedChoice(choice, doubt, ['LT', 'LV'], ['ID_CARD', 'PASSPORT'])).toEqual({
      country: 'LV',
      documentType: 'PASSPORT',
    });
  });

  it('is never what the kiosk does not take', () => {
    expect(proposedChoice(choice, doubt, ['LT'], ['ID_CARD'])).toEqual(choice);
  });

  it('is what was chosen where there is no doubt', () => {
    expect(proposedChoice(choice, null, ['LT'], ['ID_CARD'])).toEqual(choice);
  });
});
