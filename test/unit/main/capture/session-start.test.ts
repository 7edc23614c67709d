/** What a session begins with: consent, token, and what the bank calls the customer by, and aids. */
import { describe, expect, it } from 'vitest';
import { CaptureSession } from '../../../../main/capture/capture-session.ts';
import type { SessionRules } from '../../../../main/capture/session-rules.ts';
import { systemRandom } from '../../../../main/ports/random.ts';
import { fail } from '../../../../preload/contract/result.ts';

const RULES: SessionRules = {
  environment: 'production',
  consentVersion: '1',
  needsToken: false,
  reference: 'off',
  stepsFor: () => null,
};
const START = { language: 'en', consentVersion: '1', consentAtMs: 1_000 };
const TOKEN = { authToken: 'token-12345' };

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

  it('keeps what staff calls the customer by, else what the bank handed over, until they go', () => {
    const asked = new CaptureSession(
      { ...RULES, needsToken: true, reference: 'optional' },
      systemRandom,
    );
    const token = { ...TOKEN, clientId: 'handed-7' };
    asked.start({ ...START, token, customerReference: 'typed-7' });
    expect(asked.view().customerReference).toBe('typed-7');
    asked.start({ ...START, token });
    expect(asked.view().customerReference).toBe('handed-7');
    asked.start({ ...START, token: TOKEN });
    expect(asked.view().customerReference).toBeNull();
    asked.start({ ...START, token });
    asked.end();
    expect(asked.view().customerReference).toBeNull();
  });

  it('keeps what makes the screens easier for its customer, and none of it for the next', () => {
    const aids = {
      textSize: 200,
      isHighContrast: true,
      isSpoken: false,
      isWithinReach: false,
    } as const;
    const session = new CaptureSession(RULES, systemRandom);
    expect(session.keepAids(aids)).toEqual(fail('NO_SESSION'));
    session.start({ ...START, aids });
    expect(session.view().aids).toEqual(aids);
    session.keepAids({ ...aids, textSize: 150 });
    expect(session.view().aids?.textSize).toBe(150);
    session.start(START);
    expect(session.view().aids).toBeNull();
    session.keepAids(aids);
    session.end();
    expect(session.view().aids).toBeNull();
  });

  it('starts only with a reference where the policy requires one, and with none where nobody is asked', () => {
    const required = new CaptureSession({ ...RULES, reference: 'required' }, systemRandom);
    expect(required.start(START)).toEqual(fail('REFERENCE_MISSING'));
    expect(required.start({ ...START, customerReference: '4711' }).ok).toBe(true);
    const off = new CaptureSession(RULES, systemRandom);
    off.start({ ...START, customerReference: '4711' });
    expect(off.view().customerReference).toBeNull();
  });
});
