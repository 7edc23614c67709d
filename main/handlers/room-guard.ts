/** What every channel of the operator's room asks first. */
import { fail, type Result } from '../../preload/contract/result.ts';
import type { Kiosk } from '../kiosk.ts';

/** Runs `act` only inside the room, and while nobody's submission is being saved. */
export const roomGuard =
  (kiosk: Kiosk) =>
  async <Value>(act: () => Promise<Result<Value>>): Promise<Result<Value>> => {
    const admitted = kiosk.door.admit();
    if (!admitted.ok) return admitted;
    if (kiosk.session.view().state === 'submitting') return fail('SUBMISSION_RUNNING');
    return act();
  };
