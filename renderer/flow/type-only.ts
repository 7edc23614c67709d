/** Gives xstate's `setup` a type where it wants one: it reads the type and never the value. */

/** A value of no use but its type. The parameter is never given; it ties the type to the call. */
export function typeOnly<Type>(example?: Type): Type;
export function typeOnly(): unknown {
  return {};
}
