/**
 * Which keys reach the page: typing, moving the focus, confirming, and the operator's chord.
 * Everything else dies here, before Chromium or the page sees it.
 */
// SECURITY: SEC-14
import type { Input, WebContents } from 'electron';

/** Key values (UI Events KeyboardEvent key Values) that are no characters and still allowed. */
const ALLOWED_NAMED_KEYS: ReadonlySet<string> = new Set([
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'Backspace',
  'CapsLock',
  'Dead',
  'Delete',
  'End',
  'Enter',
  'Escape',
  'Home',
  'PageDown',
  'PageUp',
  'Shift',
  'Tab',
]);

type KeyInput = Pick<Input, 'key' | 'code' | 'control' | 'alt' | 'shift' | 'meta'>;

/** One code point. Named keys are words of at least two (UI Events, §4.3). */
const isCharacter = (key: string): boolean => /^.$/u.test(key);

/** AltGr arrives as Control+Alt where the OS has no key of its own for it; it never makes a plain letter or digit. */
const isAltGrCharacter = (key: string): boolean => isCharacter(key) && !/^[a-z0-9 ]$/i.test(key);

/** Ctrl+Alt+O, by position: the same keys on every layout. Opens the operator's door, which asks for a PIN. */
const isOperatorChord = (input: KeyInput): boolean =>
  input.code === 'KeyO' && input.control && input.alt && !input.shift && !input.meta;

/** True when the page may see the key. */
export const isAllowedKey = (input: KeyInput): boolean => {
  if (isOperatorChord(input)) return true;
  if (input.meta) return false;
  if (input.control || input.alt) return input.control && input.alt && isAltGrCharacter(input.key);
  return isCharacter(input.key) || ALLOWED_NAMED_KEYS.has(input.key);
};

/** Puts the allow-list in front of a page. */
export const guardInput = (contents: WebContents): void => {
  contents.setIgnoreMenuShortcuts(true);
  contents.on('before-input-event', (event, input) => {
    if (!isAllowedKey(input)) event.preventDefault();
  });
};
