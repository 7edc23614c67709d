import { beforeEach, describe, expect, it } from 'vitest';
import { CaptureSession, type SessionRules } from '../../../../main/capture/capture-session.ts';
import type { FittedPicture } from '../../../../main/capture/image-pipeline.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const RULES: SessionRules = {
  environment: 'production',
  consentVersion: '1',
  needsToken: false,
  stepsFor: (country, documentType) =>
    country === 'XX'
      ? null
      : documentType === 'PASSPORT'
        ? { required: ['FRONT', 'FACE'], optional: ['UTILITY_BILL'] }
        : { required: ['FRONT', 'BACK', 'FACE'], optional: [] },
};
const START = { language: 'en', consentVersion: '1' };
const TOKEN = { authToken: 'token-12345' };
const RECEIPT = { scanRef: 'ref', deliveredAtMs: 1, reconciled: false };

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
  it('starts only with the consent that is shown now', () => {
    expect(
      new CaptureSession(RULES, systemRandom).start({ ...START, consentVersion: '0' }),
    ).toEqual(fail('CONSENT_OUTDATED'));
  });

  it('starts only with a token where the bank hands one over', () => {
    const handoff = new CaptureSession({ ...RULES, needsToken: true }, systemRandom);
    expect(handoff.start(START)).toEqual(fail('TOKEN_MISSING'));
    expect(handoff.start({ ...START, token: TOKEN }).ok).toBe(true);
  });

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

    it('has every picture again after it failed', () => {
      session.finishSubmission(fail('NETWORK_UNREACHABLE'));
      expect(session.view().state).toBe('capturing');
      expect(session.beginSubmission().ok).toBe(true);
    });

    it('has a receipt and no picture after it was delivered', () => {
      session.finishSubmission(ok(RECEIPT));
      expect(session.view()).toMatchObject({ state: 'delivered', receipt: RECEIPT });
      expect(session.view().steps.every((step) => step.picture === null)).toBe(true);
    });
  });
});
