/**
 * Asks the app, through the host, before the page goes on: about every key (`before-input-event`) and
 * about navigations that need no request (about:, blob:). Capturing listeners in the preload's world
 * wait for the answer with a synchronous request to the page's own origin.
 * Sent by its source: must never use anything outside itself.
 */

/** What a key event tells the host: the fields of Electron's `Input`. */
export interface KeyInput {
  readonly type: 'keyDown' | 'keyUp';
  readonly key: string;
  readonly code: string;
  readonly isAutoRepeat: boolean;
  readonly isComposing: boolean;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly location: number;
  readonly modifiers: readonly string[];
}

export type Question =
  | { readonly about: 'key'; readonly input: KeyInput }
  | { readonly about: 'navigation'; readonly url: string };

/** @param path answered by the host alone: 204 means yes */
export const askHost = (path: string): void => {
  const ALLOWED = 204;
  const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock'];
  /** No answer is a no: a policy without `connect-src 'self'` would stop the question itself. */
  const isAllowed = (question: Question): boolean => {
    const request = new XMLHttpRequest();
    request.open('GET', `${path}?${encodeURIComponent(JSON.stringify(question))}`, false);
    try {
      request.send();
    } catch {
      return false;
    }
    return request.status === ALLOWED;
  };
  const onKey = (event: KeyboardEvent): void => {
    const input: KeyInput = {
      type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
      key: event.key,
      code: event.code,
      isAutoRepeat: event.repeat,
      isComposing: event.isComposing,
      shift: event.shiftKey,
      control: event.ctrlKey,
      alt: event.altKey,
      meta: event.metaKey,
      location: event.location,
      modifiers: MODIFIERS.filter((name) => event.getModifierState(name)).map((name) =>
        name.toLowerCase(),
      ),
    };
    if (isAllowed({ about: 'key', input })) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('keyup', onKey, true);

  if (window.top !== window) return;
  navigation.addEventListener('navigate', (event) => {
    const { url, sameDocument } = event.destination;
    // What has a request is asked about when the request is made.
    if (sameDocument || url.startsWith('http')) return;
    if (!isAllowed({ about: 'navigation', url })) event.preventDefault();
  });
};
