/** The whole border: every channel and event with its schemas. Main checks each value both ways. */
import type { z } from 'zod';
import { appChannels, appEvents } from './app-channels.ts';
import type { ChannelName, EventName } from './channel-names.ts';
import type { Channel } from './channel.ts';
import { diagnosticsChannels } from './diagnostics-channels.ts';
import { operatorChannels } from './operator-channels.ts';
import { outboxChannels } from './outbox-channels.ts';
import { scannerChannels, scannerEvents } from './scanner-channels.ts';
import { sessionChannels, sessionEvents } from './session-channels.ts';
import { settingsChannels } from './settings-channels.ts';

export const channels = {
  ...appChannels,
  ...sessionChannels,
  ...scannerChannels,
  ...outboxChannels,
  ...diagnosticsChannels,
  ...settingsChannels,
  ...operatorChannels,
} satisfies Record<ChannelName, Channel<z.ZodType, z.ZodType>>;

export const events = {
  ...appEvents,
  ...sessionEvents,
  ...scannerEvents,
} satisfies Record<EventName, z.ZodType>;

export type RequestOf<Name extends ChannelName> = z.infer<(typeof channels)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.infer<(typeof channels)[Name]['response']>;
export type PayloadOf<Name extends EventName> = z.infer<(typeof events)[Name]>;

type MaybePromise<Value> = Value | Promise<Value>;

/** What main must answer: one function per channel, called with a checked request. */
export type ChannelHandlers = {
  readonly [Name in ChannelName]: (request: RequestOf<Name>) => MaybePromise<ResponseOf<Name>>;
};
