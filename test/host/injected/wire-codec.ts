/**
 * Values of the structured clone algorithm as text, for the wire between the host and the preload's
 * world. The function is also sent to Chromium by its source: it must never use anything outside itself.
 */

export interface Base64 {
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Uint8Array<ArrayBuffer>;
}

export interface WireCodec {
  /** Throws `An object could not be cloned.` as Electron does. */
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
}

export const wireCodec = (base64: Base64): WireCodec => {
  type Tagged = { readonly $: string; readonly v?: unknown; readonly type?: string };
  /** Deeper values, cyclic ones among them, are not emulated. */
  const MAX_DEPTH = 500;
  const UNCLONABLE = new Set(['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Symbol', 'Function']);
  const VIEWS: Readonly<Record<string, new (buffer: ArrayBuffer) => unknown>> = {
    Int8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };

  const encodeBuiltIn = (value: object, depth: number): Tagged | null => {
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'regexp', v: [value.source, value.flags] };
    if (value instanceof ArrayBuffer)
      return { $: 'buffer', v: base64.encode(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const name = value.constructor.name;
      return { $: 'view', type: name in VIEWS ? name : 'Uint8Array', v: base64.encode(bytes) };
    }
    if (value instanceof Map) return { $: 'map', v: [...value].map((pair) => encode(pair, depth)) };
    if (value instanceof Set) return { $: 'set', v: [...value].map((item) => encode(item, depth)) };
    if (value instanceof Error) return { $: 'error', type: value.name, v: value.message };
    return null;
  };

  const encodeObject = (value: object, depth: number): unknown => {
    if (depth > MAX_DEPTH) refuse();
    if (Array.isArray(value)) return value.map((item: unknown) => encode(item, depth + 1));
    const builtIn = encodeBuiltIn(value, depth + 1);
    if (builtIn !== null) return builtIn;
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    // Anything else with a tag of its own is a platform object: a node, an event, a stream.
    if (UNCLONABLE.has(tag) || tag !== 'Object') refuse();
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, encode(item, depth + 1)]),
    );
    return Object.hasOwn(copy, '$') ? { $: 'object', v: copy } : copy;
  };

  const encode = (value: unknown, depth: number): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'function' || typeof value === 'symbol') return refuse();
    return typeof value === 'object' && value !== null ? encodeObject(value, depth) : value;
  };

  const decodeObject = (value: object): unknown =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));

  const decodeTagged = (value: Tagged): unknown => {
    const items = value.v as readonly unknown[];
    const text = String(value.v);
    switch (value.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(text);
      case 'bigint':
        return BigInt(text);
      case 'date':
        return new Date(value.v as number);
      case 'regexp':
        return new RegExp(String(items[0]), String(items[1]));
      case 'buffer':
        return base64.decode(text).buffer;
      case 'view': {
        const bytes = base64.decode(text);
        const View = VIEWS[value.type ?? ''];
        return View === undefined ? bytes : new View(bytes.buffer);
      }
      case 'map':
        return new Map(items.map((pair) => decode(pair) as [unknown, unknown]));
      case 'set':
        return new Set(items.map((item) => decode(item)));
      case 'error':
        return Object.defineProperty(new Error(text), 'name', {
          value: value.type,
          configurable: true,
          writable: true,
        });
      default:
        return decodeObject(value.v as object);
    }
  };

  const decode = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item: unknown) => decode(item));
    return Object.hasOwn(value, '$') ? decodeTagged(value as Tagged) : decodeObject(value);
  };

  return {
    encode: (value) => JSON.stringify(encode(value, 0)),
    decode: (text) => decode(JSON.parse(text)),
  };
};
