/** What a person does anywhere on the page: any touch or key, and the operator's chord. */
import { useEffect } from 'react';

/** Ctrl+Alt+O by position, the same keys on every layout; main lets this chord pass (SEC-14). */
const isOperatorChord = (event: KeyboardEvent): boolean =>
  event.code === 'KeyO' && event.ctrlKey && event.altKey && !event.shiftKey && !event.metaKey;

interface PersonSignals {
  readonly onActivity: () => void;
  readonly onOperator: () => void;
}

/** Listens on the whole page; both functions must stay the same from render to render. */
export const usePersonSignals = ({ onActivity, onOperator }: PersonSignals): void => {
  useEffect(() => {
    const stop = new AbortController();
    const options = { capture: true, passive: false, signal: stop.signal } as const;
    window.addEventListener('pointerdown', onActivity, options);
    window.addEventListener('wheel', onActivity, { ...options, passive: true });
    window.addEventListener(
      'keydown',
      (event) => {
        onActivity();
        if (!isOperatorChord(event)) return;
        event.preventDefault();
        onOperator();
      },
      options,
    );
    return () => {
      stop.abort();
    };
  }, [onActivity, onOperator]);
};
