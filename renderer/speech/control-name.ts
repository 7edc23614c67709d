/**
 * What a control is called, for whoever finds it by keys and can't see it. Only controls whose words
 * are the kiosk's own: cameras and scanners are named by their owners, and what is typed is nobody's to hear.
 */

const OWN_WORDS = '.button, .shutter, .language, .aid, input';
const TYPED_WITH = '[data-keyboard], .pin-pad';

const textOf = (node: Node): string => {
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
  return node.nodeType === Node.TEXT_NODE
    ? (node.textContent ?? '')
    : Array.from(node.childNodes, textOf).join(' ');
};

/** Null where nothing may be said, or the control was reached by touch. */
export const controlName = (target: EventTarget | null): string | null => {
  if (!(target instanceof HTMLElement) || !target.matches(OWN_WORDS)) return null;
  if (!target.matches(':focus-visible') || target.closest(TYPED_WITH) !== null) return null;
  const named = target instanceof HTMLInputElement ? target.labels?.[0] : target;
  const name = (target.getAttribute('aria-label') ?? (named ? textOf(named) : ''))
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name === '' ? null : name;
};
