import { describe, expect, it } from 'vitest';
import { isAllowedKey } from '../../../../main/shell/input-guard.ts';

const MODIFIERS = Array.from({ length: 16 }, (_, bits) => ({
  control: (bits & 1) !== 0,
  alt: (bits & 2) !== 0,
  shift: (bits & 4) !== 0,
  meta: (bits & 8) !== 0,
}));

const CHARACTERS = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789'.split(''),
  ' ',
  '-',
  '=',
  '[',
  ']',
  ';',
  "'",
  ',',
  '.',
  '/',
  '`',
  'ą',
  'š',
  '@',
  '€',
  'я',
  'ش',
];
const ALLOWED_NAMED = [
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
];
const FORBIDDEN_NAMED = [
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  'Alt',
  'AltGraph',
  'Control',
  'Meta',
  'ContextMenu',
  'PrintScreen',
  'Pause',
  'Insert',
  'NumLock',
  'ScrollLock',
  'BrowserBack',
  'BrowserForward',
  'BrowserHome',
  'BrowserRefresh',
  'BrowserSearch',
  'LaunchMail',
  'LaunchApplication1',
  'MediaPlayPause',
  'AudioVolumeUp',
  'ZoomIn',
  'Help',
  'Cut',
  'Copy',
  'Paste',
  'Undo',
  'Find',
  'Open',
  'Print',
  'Save',
  'Unidentified',
];
const NO_MODIFIER = { control: false, alt: false, shift: false, meta: false };
const codeOf = (key: string): string => (/^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key);

describe('input guard', () => {
  it('SEC-14 judges at least 110 keys under all 16 combinations of modifiers', () => {
    expect(
      CHARACTERS.length + ALLOWED_NAMED.length + FORBIDDEN_NAMED.length,
    ).toBeGreaterThanOrEqual(110);
  });

  it.each([...CHARACTERS, ...ALLOWED_NAMED])(
    'SEC-14 lets %j through, alone and with Shift',
    (key) => {
      const code = codeOf(key);
      expect(isAllowedKey({ key, code, ...NO_MODIFIER })).toBe(true);
      expect(isAllowedKey({ key, code, ...NO_MODIFIER, shift: true })).toBe(true);
    },
  );

  it.each([...CHARACTERS, ...ALLOWED_NAMED])(
    'SEC-14 stops %j with Control, Alt or Meta, but for AltGr signs and the operator chord',
    (key) => {
      const code = codeOf(key);
      for (const modifiers of MODIFIERS.filter((each) => each.control || each.alt || each.meta)) {
        const isAltGr =
          modifiers.control &&
          modifiers.alt &&
          !modifiers.meta &&
          /^.$/u.test(key) &&
          !/[a-z0-9 ]/i.test(key);
        const isChord =
          key === 'o' && modifiers.control && modifiers.alt && !modifiers.shift && !modifiers.meta;
        expect(isAllowedKey({ key, code, ...modifiers })).toBe(isAltGr || isChord);
      }
    },
  );

  it.each(FORBIDDEN_NAMED)('SEC-14 stops %s under every combination of modifiers', (key) => {
    for (const modifiers of MODIFIERS)
      expect(isAllowedKey({ key, code: key, ...modifiers })).toBe(false);
  });

  it('SEC-14 knows the operator chord by position, on layouts where the key makes another letter', () => {
    expect(isAllowedKey({ key: 'щ', code: 'KeyO', ...NO_MODIFIER, control: true, alt: true })).toBe(
      true,
    );
  });
});
