/** The usual way from attract to receipt, and every way back in it. */
import { describe, expect, it } from 'vitest';
import { STANDARD_AIDS } from '../../../../renderer/flow/aids.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { SCAN_REF } from '../../../support/fake-kiosk-values.ts';
import {
  BACK,
  CHOOSE_ID_CARD,
  CHOOSE_OTHER,
  SHOOT,
  startFlow,
  SUBMIT,
  TO_CAPTURE,
  TO_DOCUMENT,
  TO_REVIEW,
  TOKEN,
} from './start-flow.ts';

describe('the way of a customer', () => {
  it('leads from attract to the receipt', async () => {
    const flow = await startFlow();
    expect(flow.place()).toBe('attract');
    await flow.send({ type: 'START' });
    expect(flow.place()).toBe('customer.consent');
    await flow.send({ type: 'ACCEPT' });
    expect(flow.place()).toBe('customer.document.choosing');
    await flow.send(CHOOSE_ID_CARD);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().stepIndex).toBe(0);
    await flow.send(SHOOT);
    expect(flow.context().stepIndex).toBe(1);
    await flow.send(SHOOT, SHOOT);
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().pictures.map(({ step }) => step)).toEqual(['FRONT', 'BACK', 'FACE']);
    await flow.send(SUBMIT);
    expect(flow.place()).toBe('delivering');
    flow.kiosk.settle('delivered');
    expect(flow.place()).toBe('receipt');
    expect(flow.context().view?.receipt?.delivery?.scanRef).toBe(SCAN_REF);
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.context().view).toBeNull();
    expect(flow.kiosk.view.state).toBe('idle');
  });

  it('begins the session with the chosen language and the consent that was shown', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' }, ...TO_DOCUMENT);
    expect(flow.kiosk.requests.get('session:start-session')).toEqual({
      language: 'lt',
      aids: STANDARD_AIDS,
      consentVersion: '1',
    });
  });

  it('ignores a language that is not offered', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'xx' });
    expect(flow.context().language).toBeNull();
  });

  it('asks for the token before it begins where the bank hands tokens over', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, tokenSource: 'handoff' };
    });
    await flow.send(...TO_DOCUMENT);
    expect(flow.place()).toBe('customer.token');
    expect(flow.kiosk.calls).not.toContain('session:start-session');
    await flow.send(BACK);
    expect(flow.place()).toBe('customer.consent');
    await flow.send({ type: 'ACCEPT' }, TOKEN);
    expect(flow.place()).toBe('customer.document.choosing');
    expect(flow.kiosk.requests.get('session:start-session')).toMatchObject({
      token: { authToken: 'SPECIMENTOKEN' },
    });
    expect(JSON.stringify(flow.actor.getPersistedSnapshot())).not.toContain('SPECIMENTOKEN');
  });

  it('forgets the customer when consent is declined', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'START' }, { type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.kiosk.calls).toContain('session:end-session');
  });

  it('starts each customer in the preferred language', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' }, { type: 'START' });
    expect(flow.context().language).toBe('lt');
    await flow.send({ type: 'END' });
    expect(flow.context().language).toBeNull();
  });

  it('asks before it starts over', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE, { type: 'START_OVER.ASKED' });
    expect(flow.context().isStartOverAsked).toBe(true);
    await flow.send({ type: 'START_OVER.CANCELLED' });
    expect(flow.context().isStartOverAsked).toBe(false);
    expect(flow.place()).toBe('customer.capture.aiming');
    await flow.send({ type: 'START_OVER.ASKED' }, { type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.context().isStartOverAsked).toBe(false);
  });

  it('takes its listeners away when it is stopped', async () => {
    const flow = await startFlow();
    expect(flow.kiosk.listeners()).toBe(3);
    flow.actor.stop();
    expect(flow.kiosk.listeners()).toBe(0);
  });
});

describe('going back', () => {
  it('keeps every picture on the way to the consent screen and forward again', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE, SHOOT, SHOOT);
    await flow.send(BACK, BACK);
    expect(flow.context().stepIndex).toBe(0);
    await flow.send(BACK);
    expect(flow.place()).toBe('customer.document.choosing');
    await flow.send(BACK);
    expect(flow.place()).toBe('customer.consent');
    await flow.send({ type: 'ACCEPT' }, CHOOSE_ID_CARD);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().stepIndex).toBe(2);
    expect(flow.kiosk.countOf('session:start-session')).toBe(1);
    expect(flow.kiosk.calls).not.toContain('capture:discard-picture');
  });

  it('lets a step that has a picture be left as it is', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE, SHOOT, BACK, { type: 'SKIP' });
    expect(flow.context().stepIndex).toBe(1);
    expect(flow.context().skipped).toEqual([]);
  });

  it('returns to the review from a retake that was given up', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    const before = flow.context().view;
    await flow.send({ type: 'RETAKE', step: 'BACK' });
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().stepIndex).toBe(1);
    await flow.send(BACK);
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().view).toEqual(before);
  });

  it('goes step by step again after a retake was finished', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW, { type: 'RETAKE', step: 'FRONT' }, SHOOT, BACK, BACK);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().stepIndex).toBe(1);
  });

  it('goes from review to the last step, and on from there to the steps before it', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW, BACK);
    expect(flow.context().stepIndex).toBe(2);
    await flow.send(BACK);
    expect(flow.context().stepIndex).toBe(1);
    await flow.send({ type: 'SKIP' });
    expect(flow.place()).toBe('customer.review.ready');
  });
});

describe('taking pictures', () => {
  it('replaces only the picture that was taken again', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    const ids = () => flow.context().pictures.map(({ summary }) => summary.pictureId);
    const [front, back, face] = ids();
    await flow.send({ type: 'RETAKE', step: 'BACK' }, SHOOT);
    expect(flow.place()).toBe('customer.review.ready');
    expect(ids()[0]).toBe(front);
    expect(ids()[1]).not.toBe(back);
    expect(ids()[2]).toBe(face);
  });

  it('ignores a retake of a step the document does not have', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW, { type: 'RETAKE', step: 'UTILITY_BILL' });
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('lets an optional step be skipped and a required one not', async () => {
    const flow = await startFlow();
    await flow.send(...TO_DOCUMENT, CHOOSE_OTHER, { type: 'SKIP' });
    expect(flow.context().stepIndex).toBe(0);
    await flow.send(SHOOT, { type: 'SKIP' });
    expect(flow.context().stepIndex).toBe(2);
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().pictures.map(({ step }) => step)).toEqual(['FRONT', 'FACE']);
  });

  it('takes one picture however often the shutter is pressed', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    const release = flow.kiosk.hold('capture:store-picture');
    await flow.send(SHOOT, SHOOT, SHOOT);
    expect(flow.place()).toBe('customer.capture.shooting');
    release();
    await flow.pass(0);
    expect(flow.kiosk.countOf('capture:store-picture')).toBe(1);
    expect(flow.context().stepIndex).toBe(1);
  });

  it('stays at the step when the camera gave no still', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    flow.camera.still = () => fail('CAMERA_FAILED');
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().error).toBeNull();
    expect(flow.kiosk.calls).not.toContain('capture:store-picture');
  });

  it('SEC-22 overwrites the bytes of a picture once main has them, kept or refused', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    for (const isRefused of [false, true]) {
      const bytes = new Uint8Array([1, 2, 3]);
      flow.camera.still = () =>
        ok({ bytes, outline: null, facts: null, measures: null, isTakenAsIs: false });
      if (isRefused) flow.kiosk.failNext('capture:store-picture', 'PICTURE_TOO_SMALL');
      await flow.send(SHOOT);
      expect(flow.kiosk.requests.get('capture:store-picture')).toMatchObject({
        bytes: new Uint8Array([1, 2, 3]),
      });
      expect(bytes).toEqual(new Uint8Array(3));
    }
  });

  it('shows a refused picture on the step and takes the next one', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    flow.kiosk.failNext('capture:store-picture', 'PICTURE_TOO_SMALL');
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().error).toBe('PICTURE_TOO_SMALL');
    await flow.send(SHOOT);
    expect(flow.context().error).toBeNull();
    expect(flow.context().stepIndex).toBe(1);
  });

  it('shows a refused document on the document screen', async () => {
    const flow = await startFlow();
    await flow.send(...TO_DOCUMENT);
    flow.kiosk.failNext('session:choose-document', 'DOCUMENT_NOT_ALLOWED');
    await flow.send(CHOOSE_ID_CARD);
    expect(flow.place()).toBe('customer.document.choosing');
    expect(flow.context().error).toBe('DOCUMENT_NOT_ALLOWED');
    await flow.send(CHOOSE_OTHER);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().error).toBeNull();
  });
});

describe('review', () => {
  it.each([
    ['a retake', { type: 'RETAKE', step: 'FRONT' }],
    ['going back', BACK],
    ['submitting', SUBMIT],
    ['ending', { type: 'END' }],
  ] as const)('SEC-22 revokes every blob URL on %s', async (_name, leave) => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    expect(flow.liveUrls.size).toBe(3);
    await flow.send(leave);
    expect(flow.liveUrls.size).toBe(0);
    expect(flow.context().pictures).toEqual([]);
  });

  it('SEC-22 leaves no blob URL when it is left while pictures are still read', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE, SHOOT, SHOOT);
    const release = flow.kiosk.hold('capture:read-picture');
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.review.reading');
    await flow.send({ type: 'END' });
    release();
    await flow.pass(0);
    expect(flow.liveUrls.size).toBe(0);
  });
});
