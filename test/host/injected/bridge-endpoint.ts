/**
 * One end of the bridge between the preload's world and the page's: values are copied, functions
 * and promises become stand-ins. Both worlds run this same function, each on its side of one shared
 * EventTarget; Chromium clones an event's data when the other world reads it, at once.
 * Sent by its source: must never use anything outside itself.
 */

export interface BridgeEndpoint {
  /** Gives a value to the other side under a name; throws what the other side throws. */
  readonly offer: (name: string, value: unknown) => void;
}

export const bridgeEndpoint = (
  port: EventTarget,
  side: 'preload' | 'page',
  /** Takes an offered value, already unpacked and, as contextBridge does it, deeply frozen. */
  accept: (name: string, value: unknown) => void,
): BridgeEndpoint => {
  type Packed =
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'function' | 'promise'; readonly id: number }
    | { readonly kind: 'array'; readonly items: readonly Packed[] }
    | { readonly kind: 'object'; readonly entries: ReadonlyArray<readonly [string, Packed]> };
  type Outcome = { readonly isError: boolean; readonly value: Packed };
  type Message =
    | { readonly type: 'offer'; readonly name: string; readonly value: Packed }
    | { readonly type: 'call'; readonly id: number; readonly args: readonly Packed[] }
    | ({ readonly type: 'return' } & Outcome)
    | ({ readonly type: 'settle'; readonly id: number } & Outcome);
  type Callable = (...args: readonly unknown[]) => unknown;

  const [mine, theirs] = side === 'page' ? ['to-page', 'to-preload'] : ['to-preload', 'to-page'];
  const functions = new Map<number, Callable>();
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let returned: Outcome | undefined;

  const post = (message: Message): void => {
    port.dispatchEvent(new MessageEvent(theirs, { data: message }));
  };

  const settle = (id: number, isError: boolean, value: unknown): void => {
    post({ type: 'settle', id, isError, value: packSafely(value) });
  };

  const pack = (value: unknown): Packed => {
    if (typeof value === 'symbol') throw new TypeError('A symbol can not cross the bridge.');
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as Callable);
      return { kind: 'function', id: lastId };
    }
    if (value instanceof Promise) {
      lastId += 1;
      const id = lastId;
      value.then(
        (result) => settle(id, false, result),
        (error: unknown) => settle(id, true, error),
      );
      return { kind: 'promise', id };
    }
    if (Array.isArray(value)) return { kind: 'array', items: value.map(pack) };
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (isBuiltIn(value)) {
      // A node or a stream would arrive as null, without a word.
      structuredClone(value);
      return { kind: 'value', value };
    }
    return { kind: 'object', entries: Object.entries(value).map(([key, v]) => [key, pack(v)]) };
  };

  /** True for what structured clone keeps as it is; other objects are copied key by key. */
  const isBuiltIn = (value: object): boolean =>
    Object.prototype.toString.call(value) !== '[object Object]';

  const packSafely = (value: unknown): Packed => {
    try {
      return pack(value);
    } catch {
      return { kind: 'value', value: undefined };
    }
  };

  const unpack = (packed: Packed, isFrozen: boolean): unknown => {
    const seal = <T>(made: T): T => (isFrozen ? Object.freeze(made) : made);
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'function':
        return seal((...args: readonly unknown[]) => call(packed.id, args));
      case 'promise': {
        const promise = Promise.withResolvers<unknown>();
        promises.set(packed.id, promise);
        return promise.promise;
      }
      case 'array':
        return seal(packed.items.map((item) => unpack(item, isFrozen)));
      case 'object':
        return seal(
          Object.fromEntries(packed.entries.map(([key, item]) => [key, unpack(item, isFrozen)])),
        );
      default:
        throw new TypeError('An object could not be cloned.');
    }
  };

  const call = (id: number, args: readonly unknown[]): unknown => {
    returned = undefined;
    post({ type: 'call', id, args: args.map(pack) });
    const outcome = returned as Outcome | undefined;
    if (outcome === undefined) throw new Error('The other side of the bridge is gone.');
    const value = unpack(outcome.value, false);
    if (outcome.isError) throw value;
    return value;
  };

  const answer = (id: number, args: readonly Packed[]): void => {
    let outcome: Outcome;
    try {
      const target = functions.get(id);
      if (target === undefined) throw new Error('Unknown function.');
      outcome = { isError: false, value: pack(target(...args.map((arg) => unpack(arg, false)))) };
    } catch (error) {
      outcome = { isError: true, value: packSafely(error) };
    }
    post({ type: 'return', ...outcome });
  };

  port.addEventListener(mine, (event: Event) => {
    const message = (event as MessageEvent<Message>).data;
    switch (message.type) {
      case 'offer':
        accept(message.name, unpack(message.value, true));
        return;
      case 'call':
        answer(message.id, message.args);
        return;
      case 'return':
        returned = message;
        return;
      case 'settle': {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        const value = unpack(message.value, false);
        if (message.isError) promise?.reject(value);
        else promise?.resolve(value);
        return;
      }
      default:
    }
  });

  return {
    offer: (name, value) => {
      post({ type: 'offer', name, value: pack(value) });
    },
  };
};
