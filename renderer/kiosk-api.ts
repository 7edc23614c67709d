/**
 * The only file that touches window.kiosk. Turns a call that was rejected (main gone, a bug behind
 * the door) into a closed code, so that the flow meets Results and nothing else.
 * Must never add, rename or interpret a call.
 */
import type { KioskApi } from '../preload/contract/kiosk-api.ts';
import { fail } from '../preload/contract/result.ts';

declare global {
  interface Window {
    readonly kiosk?: KioskApi;
  }
}

const isSubscription = (name: string): boolean => /^on[A-Z]/.test(name);

type Exposed = Readonly<Record<string, (request: never) => unknown>>;

const guardCall =
  (call: (request: never) => unknown) =>
  async (request: never): Promise<unknown> => {
    try {
      return await call(request);
    } catch {
      return fail('INTERNAL_FAULT');
    }
  };

/** The same functions; a rejected call answers INTERNAL_FAULT instead. Subscriptions pass as they are. */
export function guardKiosk(api: KioskApi): KioskApi;
export function guardKiosk(api: Readonly<Record<string, Exposed>>): unknown {
  const areas = Object.entries(api).map(([area, functions]) => [
    area,
    Object.fromEntries(
      Object.entries(functions).map(([name, call]) => [
        name,
        isSubscription(name) ? call : guardCall(call),
      ]),
    ),
  ]);
  return Object.freeze(Object.fromEntries(areas));
}

/** What the preload exposed. Throws when it exposed nothing: then nothing here can work. */
export const exposedKiosk = (): KioskApi => {
  if (window.kiosk === undefined) throw new Error('The preload did not expose window.kiosk.');
  return guardKiosk(window.kiosk);
};
