/**
 * The one listener behind the table: presses the button a key stands for, as a finger would. Leaves
 * alone what a key does by itself: in text, on a focused button, in a question before the screen.
 */
import { useEffect } from 'react';
import { SHORTCUTS, type ShortcutKey } from './shortcuts.ts';

/** Just above the longest gap between two keys of a reader (wedge/burst.ts): a digit stands alone. */
const LONE_AFTER_MS = 60;

/** What a key means here; the digit, counted from 0, picks one of several. */
interface Meaning {
  readonly key: ShortcutKey;
  readonly index: number;
}

const KEYS: ReadonlySet<string> = new Set<ShortcutKey>([
  'Enter',
  'Escape',
  'PageDown',
  'PageUp',
  'Delete',
]);

/** By position: on some layouts a digit needs Shift. */
const meaningOf = ({ key, code }: KeyboardEvent): Meaning | null => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit !== undefined) return { key: 'Digit', index: Number(digit) - 1 };
  const named = SHORTCUTS.find((each) => each.key === key && KEYS.has(key))?.key;
  return named === undefined ? null : { key: named, index: 0 };
};

const TEXT = 'input:not([type="radio"], [type="checkbox"]), textarea';
const PRESSABLE = 'button, select, summary, a';

/** Whether the key does something of its own where the focus is. */
const isTaken = (key: ShortcutKey, target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false;
  if (target.matches(TEXT))
    return (
      key === 'Digit' || key === 'Delete' || (key === 'Enter' && target.closest('form') !== null)
    );
  return key === 'Enter' && target.matches(PRESSABLE);
};

const PRIMARY = '.button-primary, .shutter';

/** The button to press; null where there is none to press now. */
const buttonFor = ({ key, index }: Meaning): HTMLElement | null => {
  const screen = document.querySelector<HTMLElement>('[data-screen]');
  for (const { action, places } of SHORTCUTS.filter((each) => each.key === key)) {
    const isHere = places.some((place) => place === screen?.dataset['screen']);
    const root = isHere ? screen : places.includes('frame') ? document : null;
    const selector = action === 'primary' ? PRIMARY : `[data-action="${action}"]`;
    const found = [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])]
      .filter((button) => !button.matches(':disabled'))
      .at(index);
    if (found !== undefined) return found;
  }
  return null;
};

/** Listens while staff stands here. */
export const useShortcuts = (isActive: boolean): void => {
  useEffect(() => {
    if (!isActive) return undefined;
    const stop = new AbortController();
    /** Of the last key that types something. */
    let lastMs = -Infinity;
    let timer: number | undefined;
    const onKey = (event: KeyboardEvent): void => {
      window.clearTimeout(timer);
      const sinceLastMs = event.timeStamp - lastMs;
      if (/^.$/u.test(event.key)) lastMs = event.timeStamp;
      const meaning = meaningOf(event);
      const isOther = event.repeat || event.isComposing || event.ctrlKey || event.altKey;
      if (meaning === null || isOther || event.defaultPrevented) return;
      if (isTaken(meaning.key, event.target) || document.querySelector('dialog[open]') !== null)
        return;
      if (meaning.key === 'Digit') {
        if (sinceLastMs < LONE_AFTER_MS) return;
        timer = window.setTimeout(() => buttonFor(meaning)?.click(), LONE_AFTER_MS);
        return;
      }
      const button = buttonFor(meaning);
      if (button === null) return;
      // The button of the next screen may have the focus already: this very key must not press it too.
      event.preventDefault();
      button.click();
    };
    window.addEventListener('keydown', onKey, { signal: stop.signal });
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [isActive]);
};
