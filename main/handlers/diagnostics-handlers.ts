/** The channels of diagnostics → what the kiosk knows about itself. All need an entered room. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import { ok } from '../../preload/contract/result.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Kiosk } from '../kiosk.ts';
import { roomGuard } from './room-guard.ts';

type DiagnosticsChannel = Extract<keyof ChannelHandlers, `diagnostics:${string}`>;

export const diagnosticsHandlers = (
  kiosk: Kiosk,
  diagnostics: Diagnostics,
): Pick<ChannelHandlers, DiagnosticsChannel> => {
  const inRoom = roomGuard(kiosk);
  return {
    'diagnostics:run-self-test': ({ camera }) =>
      inRoom('diagnostics:run-self-test', async () => ok(await diagnostics.selfTest(camera))),
    'diagnostics:list-events': ({ before }) =>
      inRoom('diagnostics:list-events', () => diagnostics.events(before)),
    'diagnostics:export-diagnostics': () =>
      inRoom('diagnostics:export-diagnostics', () => diagnostics.export()),
  };
};
