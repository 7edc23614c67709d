/**
 * The only user of ipcMain. Each request passes, in this order: sender, rate, size, schema; then
 * the handler; then the answer's schema. Must never throw to the renderer, never echo what came
 * in, and never let a value cross that the contract does not describe.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents, type WebFrameMain } from 'electron';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import {
  CHANNEL_NAMES,
  type ChannelName,
  type EventName,
} from '../../preload/contract/channel-names.ts';
import {
  channels,
  events,
  type ChannelHandlers,
  type PayloadOf,
  type RequestOf,
  type ResponseOf,
} from '../../preload/contract/channels.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, type Failure } from '../../preload/contract/result.ts';
import type { Clock } from '../ports/clock.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { payloadBytes } from './payload-size.ts';

export interface DoorOptions {
  readonly handlers: ChannelHandlers;
  readonly clock: Clock;
  /** The window's contents now; null while there is no window. */
  readonly contents: () => WebContents | null;
  /** A handler threw or broke the contract: a bug, to be written down without its details. */
  readonly onFault: (channel: ChannelName) => void;
}

const RATE_WINDOW_MS = 10_000;

/** Channels that carry a picture; all others stay small. */
const requestLimit = (name: ChannelName): number =>
  name === 'capture:store-picture'
    ? LIMITS.pictureBytes + LIMITS.requestBytes
    : LIMITS.requestBytes;

/** Channels of which only one call runs at a time: decoding a picture takes memory and a core. */
const EXCLUSIVE: ReadonlySet<ChannelName> = new Set<ChannelName>([
  'capture:store-picture',
  'scanner:store-cuts',
]);

/** True for the main frame of our own window at our own origin. A frame that is gone is null. */
// SECURITY: SEC-08
export const isTrustedSender = (
  event: { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null },
  contents: WebContents | null,
): boolean => {
  const frame = event.senderFrame;
  if (contents === null || frame === null || event.sender !== contents) return false;
  if (frame !== contents.mainFrame) return false;
  const url = URL.parse(frame.url);
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN;
};

/** Sliding count of calls per channel. */
const createRateCap = (clock: Clock): ((name: ChannelName) => boolean) => {
  const calls = new Map<ChannelName, number[]>();
  return (name) => {
    const now = clock.monotonicMs();
    const recent = (calls.get(name) ?? []).filter((at) => now - at < RATE_WINDOW_MS);
    calls.set(name, recent);
    if (recent.length >= LIMITS.requestsPerTenSeconds) return false;
    recent.push(now);
    return true;
  };
};

/** Registers every channel of the contract. Returns the way to send events to the window. */
export const openDoor = (
  options: DoorOptions,
): (<Name extends EventName>(name: Name, payload: PayloadOf<Name>) => void) => {
  const isWithinRate = createRateCap(options.clock);
  const running = new Set<ChannelName>();

  const refusal = (
    name: ChannelName,
    event: IpcMainInvokeEvent,
    payload: readonly unknown[],
  ): ErrorCode | null => {
    if (!isTrustedSender(event, options.contents())) return 'FORBIDDEN_SENDER';
    // SECURITY: SEC-09
    if (!isWithinRate(name)) return 'RATE_LIMITED';
    if (payload.length > 1) return 'BAD_REQUEST';
    if (payloadBytes(payload[0]) > requestLimit(name)) return 'REQUEST_TOO_LARGE';
    if (EXCLUSIVE.has(name) && running.has(name)) return 'BUSY';
    return null;
  };

  const answer = async <Name extends ChannelName>(
    name: Name,
    payload: unknown,
  ): Promise<ResponseOf<Name> | Failure> => {
    const request = channels[name].request.safeParse(payload);
    if (!request.success) return fail('BAD_REQUEST');
    running.add(name);
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this channel's own schema made it
      const response: unknown = await options.handlers[name](request.data as RequestOf<Name>);
      const checked = channels[name].response.safeParse(response);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this channel's own schema made it
      if (checked.success) return checked.data as ResponseOf<Name>;
      options.onFault(name);
    } catch {
      options.onFault(name);
    } finally {
      running.delete(name);
    }
    return fail('INTERNAL_FAULT');
  };

  for (const name of CHANNEL_NAMES) {
    ipcMain.handle(name, async (event, ...payload: unknown[]) => {
      const code = refusal(name, event, payload);
      return code === null ? answer(name, payload[0]) : fail(code);
    });
  }

  return (name, payload) => {
    const contents = options.contents();
    if (contents === null || contents.isDestroyed()) return;
    contents.send(name, events[name].parse(payload));
  };
};
