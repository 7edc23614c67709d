/**
 * The one table of what staff can do with one key. Only keys that type nothing, and digits: a reader
 * that types, and the layout of the keyboard, then change nothing. Each key is one the shell lets pass
 * (main/shell/input-guard.ts).
 */
import type { ActionName } from '../components/action-names.ts';
import type { ScreenName } from '../components/screen-names.ts';

/** Key values (UI Events); `Digit` stands for 1 to 9, counted in reading order. */
export const SHORTCUT_KEYS = ['Enter', 'Escape', 'PageDown', 'PageUp', 'Delete', 'Digit'] as const;
export type ShortcutKey = (typeof SHORTCUT_KEYS)[number];

/** Where a button stands: on a screen, or around every screen. */
export type ShortcutPlace = ScreenName | 'frame';

interface Shortcut {
  readonly key: ShortcutKey;
  /** `primary`: the one thing to do on a screen, whatever it is there. */
  readonly action: ActionName | 'primary';
  readonly places: readonly ShortcutPlace[];
}

export const SHORTCUTS: readonly Shortcut[] = [
  {
    key: 'Enter',
    action: 'primary',
    places: [
      'desk',
      'consent',
      'token',
      'document',
      'scan',
      'capture',
      'camera-problem',
      'review',
      'delivering',
      'receipt',
      'failure',
      'locked',
      'operator-door',
    ],
  },
  { key: 'Escape', action: 'decline', places: ['consent'] },
  {
    key: 'Escape',
    action: 'back',
    places: ['token', 'document', 'scan', 'capture', 'camera-problem', 'review'],
  },
  { key: 'Escape', action: 'leave', places: ['operator-door', 'operator-room'] },
  { key: 'PageDown', action: 'operator', places: ['desk', 'out-of-service', 'locked'] },
  { key: 'PageDown', action: 'skip', places: ['capture'] },
  { key: 'PageUp', action: 'camera', places: ['scan'] },
  { key: 'PageUp', action: 'use-scanner', places: ['capture'] },
  { key: 'Digit', action: 'choose-type', places: ['document'] },
  { key: 'Digit', action: 'retake', places: ['review'] },
  { key: 'Delete', action: 'start-over', places: ['frame'] },
];

/** The key that does this here; null where there is none. */
export const shortcutOf = (
  place: ShortcutPlace,
  action: ActionName,
  isPrimary: boolean,
): ShortcutKey | null =>
  SHORTCUTS.find(
    (each) =>
      each.places.includes(place) &&
      (each.action === action || (each.action === 'primary' && isPrimary)),
  )?.key ?? null;
