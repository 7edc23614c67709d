/**
 * Makes partial stand-ins of Electron's objects honest: what is not emulated throws and says its name.
 * Must never invent an answer.
 */

/**
 * Methods as function properties. TypeScript compares methods bivariantly and function properties
 * strictly, so `satisfies Strict<Pick<…>>` finds a parameter that does not fit electron.d.ts.
 */
export type Strict<T> = {
  [K in keyof T]: T[K] extends (...args: infer Args) => infer Return
    ? (...args: Args) => Return
    : T[K];
};

/** Asked of any object by await, JSON, instanceof and the inspector; absent is the right answer. */
const PROBED_BY_THE_LANGUAGE = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype']);

/** Thrown when the app uses a part of Electron the host does not have. */
export const notEmulated = (name: string): Error =>
  new Error(`electron host: ${name} is not emulated`);

/**
 * Wraps a stand-in as the whole Electron type. The claim is sound because reading a member that
 * is not there throws.
 */
export const emulated = <Full extends object>(
  name: string,
  part: object & Partial<Record<keyof Full, unknown>>,
): Full =>
  new Proxy(part, {
    get: (target, key, receiver) => {
      if (key in target || typeof key === 'symbol' || PROBED_BY_THE_LANGUAGE.has(key))
        return Reflect.get(target, key, receiver) as unknown;
      throw notEmulated(`${name}.${key}`);
    },
    set: (target, key, value) => {
      if (key in target || typeof key === 'symbol') return Reflect.set(target, key, value);
      throw notEmulated(`${name}.${key}`);
    },
  }) as Full;
