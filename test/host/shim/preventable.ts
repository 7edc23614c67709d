/** Events the app may prevent. */

export interface Preventable {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

/** An event object with the details Electron gives it. */
export const preventable = <Details extends object>(details: Details): Details & Preventable => {
  let isPrevented = false;
  return Object.defineProperty(
    {
      ...details,
      preventDefault: () => {
        isPrevented = true;
      },
      defaultPrevented: false,
    },
    'defaultPrevented',
    { get: () => isPrevented },
  );
};
