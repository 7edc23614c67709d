import { beforeEach, describe, expect, it } from 'vitest';
import { CaptureSession } from '../../../../main/capture/capture-session.ts';
import type { SessionRules } from '../../../../main/capture/session-rules.ts';
import type { FittedPicture } from '../../../../main/capture/image-pipeline.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const RULES: SessionRules = {
  environment: 'production',
  consentVersion: '1',
  needsToken: false,
  reference: 'off',
  stepsFor: (country, documentType) =>
    country === 'XX'
      ? null
      : documentType === 'PASSPORT'
        ? { required: ['FRONT', 'FACE'], optional: ['UTILITY_BILL'] }
        : { required: ['FRONT', 'BACK', 'FACE'], optional: [] },
};
const START = { language: 'en', consentVersion: '1', consentAtMs: 1_000 };
const TOKEN = { authToken: 'token-12345' };
const ITEM_ID = '0a1b2c3d-0000-4000-8000-000000000000';
const RECEIPT = { reference: '0A1B-2C3D', savedAtMs: 1, code: null, delivery: null };
const DELIVERY = { scanRef: 'ref', deliveredAtMs: 2, reconciled: false };
const RETAKE = {
  ...START,
  itemId: ITEM_ID,
  sentToken: null,
  country: 'LT',
  documentType: 'PASSPORT',
} as const;

const picture = (byte = 7): FittedPicture => ({
  jpeg: new Uint8Array(4).fill(byte),
  widthPx: 1280,
  heightPx: 720,
  quality: 90,
  warnings: [],
});

let session: CaptureSession;
const started = (rules: Partial<SessionRules> = {}): CaptureSession => {
  const fresh = new CaptureSession({ ...RULES, ...rules }, systemRandom);
  fresh.start({ ...START, token: TOKEN });
  return fresh;
};
const withDocument = (): CaptureSession => {
  const fresh = started();
  fresh.chooseDocument('LT', 'PASSPORT');
  return fresh;
};

beforeEach(() => {
  session = withDocument();
});

describe('a session', () => {
  it('takes no picture, document or token before it has started', () => {
    const idle = new CaptureSession(RULES, systemRandom);
    expect(idle.chooseDocument('LT', 'PASSPORT')).toEqual(fail('NO_SESSION'));
    expect(idle.store('FRONT', 'camera', picture())).toEqual(fail('NO_SESSION'));
    expect(idle.replaceToken(TOKEN)).toEqual(fail('NO_SESSION'));
    expect(idle.beginSubmission()).toEqual(fail('NO_SESSION'));
    expect(idle.read('00000000-0000-4000-8000-000000000000')).toEqual(fail('NO_SESSION'));
  });

  it('tells the steps of the chosen document in the order of capture', () => {
    expect(session.view().steps.map(({ step, required }) => [step, required])).toEqual([
      ['FRONT', true],
      ['FACE', true],
      ['UTILITY_BILL', false],
    ]);
  });

  it('refuses a document the policy does not allow and keeps the one it had', () => {
    expect(session.chooseDocument('XX', 'PASSPORT')).toEqual(fail('DOCUMENT_NOT_ALLOWED'));
    expect(session.view().country).toBe('LT');
  });

  it('refuses a picture of a step the document does not have, and overwrites it', () => {
    const late = picture();
    expect(session.store('BACK', 'camera', late)).toEqual(fail('STEP_NOT_EXPECTED'));
    expect([...late.jpeg]).toEqual([0, 0, 0, 0]);
  });

  it('gives back the very bytes it will send', () => {
    const stored = session.store('FRONT', 'camera', picture(9));
    if (!stored.ok) throw new Error(stored.error.code);
    expect(session.read(stored.value.pictureId)).toEqual(ok(new Uint8Array(4).fill(9)));
  });

  it('SEC-22 overwrites a picture that is retaken, discarded, or left behind by its customer', () => {
    const [first, second, third] = [picture(), picture(), picture()];
    session.store('FRONT', 'camera', first);
    session.store('FRONT', 'camera', second);
    expect([...first.jpeg]).toEqual([0, 0, 0, 0]);
    session.discard('FRONT');
    expect([...second.jpeg]).toEqual([0, 0, 0, 0]);
    session.store('FACE', 'camera', third);
    session.end();
    expect([...third.jpeg]).toEqual([0, 0, 0, 0]);
    expect(session.view()).toMatchObject({
      state: 'idle',
      country: null,
      language: null,
      steps: [],
    });
  });

  it('keeps the face and forgets the sides of the card when another document is chosen', () => {
    session.store('FRONT', 'camera', picture());
    session.store('FACE', 'camera', picture());
    session.chooseDocument('LT', 'ID_CARD');
    expect(session.view().steps.map(({ step, picture: kept }) => [step, kept !== null])).toEqual([
      ['FRONT', false],
      ['BACK', false],
      ['FACE', true],
    ]);
  });

  it('keeps every picture when the same document is chosen again', () => {
    session.store('FRONT', 'camera', picture());
    session.chooseDocument('LT', 'PASSPORT');
    expect(session.view().steps[0]?.picture).not.toBeNull();
  });

  it('begins no submission before each required picture is there', () => {
    session.store('FRONT', 'camera', picture());
    expect(session.beginSubmission()).toEqual(fail('PICTURE_MISSING'));
    session.store('FACE', 'camera', picture());
    expect(session.beginSubmission().ok).toBe(true);
  });

  describe('while a submission runs', () => {
    beforeEach(() => {
      session.store('FRONT', 'camera', picture());
      session.store('FACE', 'camera', picture());
      session.beginSubmission();
    });

    it('holds still: nothing is stored, discarded, chosen, ended or submitted twice', () => {
      const running = fail('SUBMISSION_RUNNING');
      expect(session.store('FRONT', 'camera', picture())).toEqual(running);
      expect(session.discard('FRONT')).toEqual(running);
      expect(session.chooseDocument('LT', 'ID_CARD')).toEqual(running);
      expect(session.beginSubmission()).toEqual(running);
      expect(session.start(START)).toEqual(running);
      expect(session.end()).toEqual(running);
    });

    it('has every picture again where nothing could be saved', () => {
      session.abandonSubmission();
      expect(session.view().state).toBe('capturing');
      expect(session.beginSubmission().ok).toBe(true);
    });
  });
});

describe('a session whose submission was saved', () => {
  let [front, face] = [picture(), picture()];
  beforeEach(() => {
    [front, face] = [picture(), picture()];
    session.store('FRONT', 'camera', front);
    session.store('FACE', 'camera', face);
    session.beginSubmission();
    session.markSaved(ITEM_ID, RECEIPT);
  });
  const areOverwritten = (): boolean =>
    [front, face].every(({ jpeg }) => jpeg.every((byte) => byte === 0));

  it('shows its receipt, names its item, and keeps its pictures until it is settled', () => {
    expect(session.view()).toMatchObject({ state: 'delivering', receipt: RECEIPT, refusal: null });
    expect(session.deliveringItemId).toBe(ITEM_ID);
    expect(areOverwritten()).toBe(false);
  });

  it('takes no picture, document or second submission', () => {
    const gone = fail('NO_SESSION');
    expect(session.store('FRONT', 'camera', picture())).toEqual(gone);
    expect(session.chooseDocument('LT', 'ID_CARD')).toEqual(gone);
    expect(session.replaceToken(TOKEN)).toEqual(gone);
    expect(session.beginSubmission()).toEqual(gone);
  });

  it('SEC-22 overwrites its pictures when it is delivered, and adds to its receipt', () => {
    session.settle({ kind: 'delivered', delivery: DELIVERY });
    expect(session.view()).toMatchObject({
      state: 'delivered',
      receipt: { ...RECEIPT, delivery: DELIVERY },
    });
    expect(session.deliveringItemId).toBeNull();
    expect(session.view().steps.every((step) => step.picture === null)).toBe(true);
    expect(areOverwritten()).toBe(true);
  });

  it('SEC-22 overwrites its pictures when it is kept for later, with a receipt of that', () => {
    session.settle({ kind: 'later', code: null });
    expect(session.view()).toMatchObject({ state: 'saved', receipt: RECEIPT });
    expect(session.deliveringItemId).toBeNull();
    expect(areOverwritten()).toBe(true);
  });

  it('SEC-22 overwrites its pictures when the customer leaves before it is settled', () => {
    expect(session.end()).toEqual(ok(null));
    expect(areOverwritten()).toBe(true);
    expect(session.view()).toMatchObject({ state: 'idle', receipt: null });
    session.settle({ kind: 'refused', code: 'MARKID_BAD_VALUE' });
    expect(session.view()).toMatchObject({ state: 'idle', refusal: null });
  });

  it('goes back to capturing with all pictures when it is refused, and says why', () => {
    session.settle({ kind: 'refused', code: 'MARKID_BAD_VALUE' });
    expect(session.view()).toMatchObject({
      state: 'capturing',
      refusal: 'MARKID_BAD_VALUE',
      receipt: null,
    });
    expect(areOverwritten()).toBe(false);
  });

  it('replaces the refused item by its next submission, and stays refused until that is durable', () => {
    session.settle({ kind: 'refused', code: 'MARKID_BAD_VALUE' });
    expect(session.beginSubmission()).toMatchObject({
      ok: true,
      value: { replaces: ITEM_ID, token: null },
    });
    session.abandonSubmission();
    expect(session.view().refusal).toBe('MARKID_BAD_VALUE');
    session.beginSubmission();
    session.markSaved(ITEM_ID, RECEIPT);
    expect(session.view().refusal).toBeNull();
  });

  it('wants another token after a refusal where the bank hands them over', () => {
    const handoff = started({ needsToken: true });
    handoff.chooseDocument('LT', 'PASSPORT');
    handoff.store('FRONT', 'camera', picture());
    handoff.store('FACE', 'camera', picture());
    expect(handoff.beginSubmission()).toMatchObject({ value: { token: TOKEN, replaces: null } });
    handoff.markSaved(ITEM_ID, RECEIPT);
    handoff.settle({ kind: 'refused', code: 'TOKEN_SPENT' });
    expect(handoff.beginSubmission()).toEqual(fail('TOKEN_MISSING'));
    expect(handoff.replaceToken(TOKEN)).toEqual(fail('TOKEN_SPENT'));
    const another = { authToken: 'token-67890' };
    expect(handoff.replaceToken(another).ok).toBe(true);
    expect(handoff.beginSubmission()).toMatchObject({ value: { token: another } });
  });

  it('makes room for the next customer, who replaces nothing', () => {
    expect(session.start(START).ok).toBe(true);
    session.chooseDocument('LT', 'PASSPORT');
    session.store('FRONT', 'camera', picture());
    session.store('FACE', 'camera', picture());
    expect(session.beginSubmission()).toMatchObject({ value: { replaces: null } });
  });
});

describe('a session for new pictures of an item', () => {
  it('begins with the document and without pictures, and replaces the item', () => {
    session.store('FRONT', 'camera', picture());
    expect(session.startRetake(RETAKE)).toMatchObject({
      ok: true,
      value: { state: 'capturing', country: 'LT', documentType: 'PASSPORT' },
    });
    expect(session.view().steps.every((step) => step.picture === null)).toBe(true);
    session.store('FRONT', 'camera', picture());
    session.store('FACE', 'camera', picture());
    expect(session.beginSubmission()).toMatchObject({ ok: true, value: { replaces: ITEM_ID } });
  });

  it('keeps the consent its customer gave, also where the text has changed since', () => {
    const consent = { consentVersion: '0', consentAtMs: 77 };
    expect(session.startRetake({ ...RETAKE, ...consent }).ok).toBe(true);
    session.store('FRONT', 'camera', picture());
    session.store('FACE', 'camera', picture());
    expect(session.beginSubmission()).toMatchObject({ value: consent });
  });

  it('is refused for a document the policy no longer allows, and leaves the session alone', () => {
    expect(session.startRetake({ ...RETAKE, country: 'XX' })).toEqual(fail('DOCUMENT_NOT_ALLOWED'));
    expect(session.view().state).toBe('capturing');
  });

  it('is refused while a submission is being saved', () => {
    session.store('FRONT', 'camera', picture());
    session.store('FACE', 'camera', picture());
    session.beginSubmission();
    expect(session.startRetake(RETAKE)).toEqual(fail('SUBMISSION_RUNNING'));
  });
});
