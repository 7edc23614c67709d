/** What a sample is: one screen in one state. */
import type { ReactElement } from 'react';

export interface Sample {
  /** The `data-screen` it must carry. */
  readonly screen: string;
  readonly state: string;
  readonly element: ReactElement;
}

export const sample = (screen: string, state: string, element: ReactElement): Sample => ({
  screen,
  state,
  element,
});
