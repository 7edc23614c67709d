/**
 * Listens for readers that type, before any field or button hears them. What they typed never stays in
 * a field, and their Enter presses no button.
 */
import { useEffect } from 'react';
import { Burst, READ_AFTER_MS } from './burst.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;

/** Sets a field's text as typing does, so that whoever follows it hears of it. */
const setText = (field: Field, text: string): void => {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

/**
 * @param onRead gets the lines of one text; must stay the same from render to render.
 * @param isActive whether a reader is listened to at all.
 */
export const useWedge = (onRead: (lines: readonly string[]) => void, isActive: boolean): void => {
  useEffect(() => {
    if (!isActive) return undefined;
    const burst = new Burst();
    const stop = new AbortController();
    let before: { readonly field: Field; readonly text: string } | null = null;
    let timer: number | undefined;
    const flush = (): void => {
      const lines = burst.read(performance.now());
      if (lines !== null) onRead(lines);
    };
    window.addEventListener(
      'keydown',
      (event) => {
        // When the key was pressed: the page may have been busy since.
        const now = event.timeStamp;
        if (event.isComposing || event.repeat) return;
        if (burst.begins(event.key, now)) {
          const field = fieldOf(event.target);
          before = field === null ? null : { field, text: field.value };
        }
        if (burst.take(event.key, now) === 'pass') return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (before !== null) setText(before.field, before.text);
        before = null;
        window.clearTimeout(timer);
        timer = window.setTimeout(flush, READ_AFTER_MS);
      },
      { capture: true, signal: stop.signal },
    );
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [onRead, isActive]);
};
