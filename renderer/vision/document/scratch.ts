/**
 * Arrays that serve frame after frame: to make and collect three megabytes of them with each takes a
 * tenth of the time of a frame. What an array held before is still in it, until the next frame.
 */

/** Gives the same array as long as the same length is asked for. */
export const scratchFloats = (): ((length: number) => Float32Array) => {
  let kept = new Float32Array(0);
  return (length) => {
    if (kept.length !== length) kept = new Float32Array(length);
    return kept;
  };
};
