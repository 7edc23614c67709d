/** The channels of the settings → what is in force. All need an entered room. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { SettingsView } from '../../preload/contract/settings-channels.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { Kiosk } from '../kiosk.ts';
import { roomGuard } from './room-guard.ts';

type SettingsChannel = Extract<keyof ChannelHandlers, `settings:${string}`>;

export const settingsHandlers = (
  kiosk: Kiosk,
  events: EventSink,
): Pick<ChannelHandlers, SettingsChannel> => {
  const inRoom = roomGuard(kiosk);

  /** The kiosk begins anew with what was stored. */
  const restart = async (): Promise<Result<SettingsView>> => {
    await kiosk.start();
    return ok(kiosk.settings.view());
  };

  return {
    'settings:get-settings': () =>
      inRoom('settings:get-settings', async () => ok(kiosk.settings.view())),
    'settings:change-setting': (change) =>
      inRoom('settings:change-setting', async () => {
        const stored = kiosk.settings.change(change);
        if (!stored.ok) return stored;
        const { setting, value } = change;
        events({ event: 'operator.setting-changed', setting, isShipped: value === null });
        return restart();
      }),
    'settings:reset-settings': () =>
      inRoom('settings:reset-settings', async () => {
        const reset = kiosk.settings.reset();
        if (!reset.ok) return reset;
        events({ event: 'operator.settings-reset' });
        return restart();
      }),
  };
};
