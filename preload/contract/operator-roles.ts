/** Who works in the operator's room, and the least role of each thing that can be done there. */
import type { ChannelName } from './channel-names.ts';

/** From least to most: each role may do what those before it may. */
export const ROLES = ['operator', 'supervisor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Every channel of the room with its least role. A channel that is not here needs no room. */
// SECURITY: SEC-34
export const LEAST_ROLE = {
  'outbox:get-outbox': 'operator',
  'outbox:retake-item': 'operator',
  'outbox:resume-delivery': 'operator',
  'outbox:resend-item': 'supervisor',
  'outbox:discard-item': 'supervisor',
  'diagnostics:run-self-test': 'operator',
  'diagnostics:list-events': 'supervisor',
  'diagnostics:export-diagnostics': 'supervisor',
  'settings:get-settings': 'operator',
  'operator:test-credentials': 'operator',
  'operator:restart-kiosk': 'supervisor',
  'settings:change-setting': 'administrator',
  'settings:reset-settings': 'administrator',
  'operator:set-pin': 'administrator',
  'operator:remove-pin': 'administrator',
  'operator:create-vault': 'administrator',
  'operator:store-credentials': 'administrator',
  'operator:remove-credentials': 'administrator',
  'operator:exit-kiosk': 'administrator',
} as const satisfies Partial<Record<ChannelName, Role>>;
export type RoomChannel = keyof typeof LEAST_ROLE;

/** Whether a role may use a channel of the room. */
export const mayUse = (role: Role, channel: RoomChannel): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[channel]);
