/** Small line drawings beside words. Must never stand alone for a meaning: the word is always there. */
import type { ReactNode } from 'react';

const PATHS = {
  back: 'M19 12H5m6-6-6 6 6 6',
  forward: 'M5 12h14m-6-6 6 6-6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  alert: 'M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.4v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v5.5m0-8.6v.1',
  cross: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-3.2-12.2 6.4 6.4m0-6.4-6.4 6.4',
  camera:
    'M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Zm8 9a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4Z',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5.2-1.8L21 21',
  delete: 'M9 5.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H9L2.5 12 9 5.5Zm3 4 5 5m0-5-5 5',
  lock: 'M6 11h12a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V12a1 1 0 0 1 1-1Zm2-0V8a4 4 0 0 1 8 0v3',
  staff:
    'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  settings:
    'M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  outbox:
    'M4 13.5V19a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-5.5h-4.5l-1.5 2.5h-4l-1.5-2.5H4Zm8-1V4m-3.5 3L12 3.5 15.5 7',
  scanner:
    'M3.5 13.5h17a.5.5 0 0 1 .5.5v4.5a.5.5 0 0 1-.5.5h-17a.5.5 0 0 1-.5-.5V14a.5.5 0 0 1 .5-.5Zm0 0L18 6.5M6.5 16.3h4',
  aids: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM7.5 10l4.5 1 4.5-1M12 11v3m0 0-2 4m2-4 2 4m-2-10.6v.1',
  contrast: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-18v18m3-17.4v16.8m3-14.6v12.4',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Zm11-1a4.5 4.5 0 0 1 0 7m2.5-9.5a8 8 0 0 1 0 12',
  shift: 'M12 4 4.5 12H8v7.5h8V12h3.5L12 4Z',
  lower: 'M12 4v10m-4.5-4.5L12 14l4.5-4.5M4.5 19.5h15',
  dot: 'M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour of the text around it. `back` and `forward` turn with the writing direction. */
export const Icon = ({ name }: { readonly name: IconName }): ReactNode => (
  <svg
    className={name === 'back' || name === 'forward' ? 'icon icon-directional' : 'icon'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    <path d={PATHS[name]} />
  </svg>
);
