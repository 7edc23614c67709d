/** Which field the on-screen keyboard types into. Stays until the field is done with, or something else is pressed. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import { typingField } from './typing.ts';

/** The keyboard's own element, as it is found from a key of it. */
export const KEYBOARD = '[data-keyboard]';

interface TypingField {
  /** Null where nothing is to be typed, or a person has keys of their own. */
  readonly field: HTMLInputElement | null;
  /** Until a field is pressed or entered again. */
  readonly hide: () => void;
}

/** `auto`: a keyboard where the last press was a finger's. */
export const useTypingField = (choice: AppStatus['onScreenKeyboard']): TypingField => {
  const [field, setField] = useState<HTMLInputElement | null>(null);
  const hasTouched = useRef(false);
  const hide = useCallback(() => setField(null), []);
  useEffect(() => {
    if (choice === 'never') return undefined;
    const stop = new AbortController();
    const options = { capture: true, signal: stop.signal } as const;
    const isKey = ({ target }: Event): boolean =>
      target instanceof Element && target.closest(KEYBOARD) !== null;
    const isWanted = (): boolean => choice === 'always' || hasTouched.current;
    // Tab leads from the field over other controls to the keys; a field that is gone has none.
    document.addEventListener(
      'focusin',
      (event) => {
        if (isKey(event)) return;
        const entered = isWanted() ? typingField(event.target) : null;
        setField((present) => entered ?? (present?.isConnected === true ? present : null));
      },
      options,
    );
    // A finger says so before the focus comes, and on a field that has it already.
    document.addEventListener(
      'pointerdown',
      (event) => {
        hasTouched.current = event.pointerType === 'touch';
        if (!isKey(event)) setField(isWanted() ? typingField(event.target) : null);
      },
      options,
    );
    document.addEventListener(
      'keydown',
      ({ key, target }) => {
        if (key === 'Enter' && typingField(target) !== null) setField(null);
      },
      options,
    );
    return () => {
      stop.abort();
    };
  }, [choice]);
  return { field, hide };
};
