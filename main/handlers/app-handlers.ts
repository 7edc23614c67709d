/** The kiosk's own channels → the kiosk. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Kiosk } from '../kiosk.ts';

type AppChannel = Extract<keyof ChannelHandlers, `app:${string}` | `camera:${string}`>;

export const appHandlers = (kiosk: Kiosk): Pick<ChannelHandlers, AppChannel> => ({
  'app:get-status': async () => {
    await kiosk.whenStarted();
    return ok(kiosk.status());
  },
  'app:retry-start': async () =>
    kiosk.session.view().state === 'submitting'
      ? fail('SUBMISSION_RUNNING')
      : ok(await kiosk.start()),
  'camera:remember-camera': ({ camera }) => kiosk.rememberDevice({ camera }),
});
