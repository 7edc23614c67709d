/** A submission over a fake Mark ID, and a short way to press the button. */
import {
  createSubmission,
  type SubmissionContent,
} from '../../../../main/delivery/submit-session.ts';
import type {
  DeliveryProgress,
  HandedToken,
} from '../../../../preload/contract/session-channels.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { fakeMarkId } from './fake-markid.ts';

/** A complete session, with the token that was handed over last. */
export const content = (token: HandedToken | null = null): SubmissionContent => ({
  country: 'LT',
  documentType: 'ID_CARD',
  token,
  images: { FRONT: Buffer.from('front'), BACK: Buffer.from('back'), FACE: Buffer.from('face') },
});

/** `during` runs while a request is under way. */
export const bench = (
  tokenSource: 'mint' | 'handoff',
  during?: (path: string, clock: FakeClock) => Promise<void> | void,
) => {
  const clock = new FakeClock();
  const markId = fakeMarkId(clock, (path) => during?.(path, clock));
  const progress: DeliveryProgress[] = [];
  const submission = createSubmission({
    client: markId.client,
    clock,
    random: seededRandom(),
    tokenSource,
    tokenExpirySeconds: 3600,
  });
  const submit = (what = content()) =>
    submission.submit(what, {
      signal: new AbortController().signal,
      onProgress: (step) => progress.push(step),
    });
  return {
    clock,
    markId,
    progress,
    submit,
    /** Submits and tells the outcome in one word. */
    press: async (what = content()): Promise<string> => {
      const outcome = await submit(what);
      if (!outcome.ok) return outcome.error.code;
      return outcome.value.reconciled ? 'RECONCILED' : 'DELIVERED';
    },
  };
};
