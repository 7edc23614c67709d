/** What every channel of the operator's room asks first. */
import { fail, type Result } from '../../preload/contract/result.ts';
import type { RoomChannel } from '../../preload/contract/operator-roles.ts';
import type { Kiosk } from '../kiosk.ts';

/** Runs `act` only inside the room, for a role that may, and while nobody's submission is being saved. */
// SECURITY: SEC-34
export const roomGuard =
  (kiosk: Kiosk) =>
  async <Value>(
    channel: RoomChannel,
    act: () => Promise<Result<Value>>,
  ): Promise<Result<Value>> => {
    const admitted = kiosk.door.admit(channel);
    if (!admitted.ok) return admitted;
    if (kiosk.session.view().state === 'submitting') return fail('SUBMISSION_RUNNING');
    return act();
  };
