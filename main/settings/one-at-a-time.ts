/** Lets asynchronous work on one piece of state happen in the order it was asked for, never at once. */

/** Runs each piece of work when all before it have ended, whether they succeeded or not. */
export type Turnstile = <Value>(work: () => Promise<Value>) => Promise<Value>;

export const createTurnstile = (): Turnstile => {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const before = last;
    const mine = before.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};
