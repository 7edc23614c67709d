/**
 * The names of all channels and events, and nothing else: the preload bundle is built from this
 * file alone (schemas would add 450 kB to it). The shape behind each name: channels.ts.
 *
 * `area:verb-noun` is `kiosk.area.verbNoun(request)`; event `area:noun-verbed` is
 * `kiosk.area.onNounVerbed(listener)`.
 */
export const CHANNEL_NAMES = [
  'app:get-status',
  'app:retry-start',
  'session:start-session',
  'session:get-session',
  'session:replace-token',
  'session:choose-document',
  'session:keep-aids',
  'session:submit-session',
  'session:end-session',
  'capture:store-picture',
  'capture:read-picture',
  'capture:discard-picture',
  'camera:remember-camera',
  'scanner:watch-scanners',
  'scanner:get-sources',
  'scanner:remember-scanner',
  'scanner:scan-pages',
  'scanner:cancel-scan',
  'scanner:get-pages',
  'scanner:read-page',
  'scanner:store-cuts',
  'outbox:get-outbox',
  'outbox:resend-item',
  'outbox:retake-item',
  'outbox:discard-item',
  'outbox:resume-delivery',
  'diagnostics:run-self-test',
  'diagnostics:list-events',
  'diagnostics:export-diagnostics',
  'settings:get-settings',
  'settings:change-setting',
  'settings:reset-settings',
  'operator:get-door',
  'operator:create-pin',
  'operator:enter-room',
  'operator:set-pin',
  'operator:remove-pin',
  'operator:leave-room',
  'operator:unlock-vault',
  'operator:create-vault',
  'operator:store-credentials',
  'operator:test-credentials',
  'operator:remove-credentials',
  'operator:restart-kiosk',
  'operator:exit-kiosk',
] as const;

export const EVENT_NAMES = [
  'app:status-changed',
  'session:delivery-progressed',
  'session:delivery-settled',
  'scanner:scanners-changed',
  'scanner:scan-progressed',
] as const;

export type ChannelName = (typeof CHANNEL_NAMES)[number];
export type EventName = (typeof EVENT_NAMES)[number];
