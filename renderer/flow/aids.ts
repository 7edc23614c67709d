/**
 * What makes the screens easier for one person: size of the text, contrast, speech, height of the controls.
 * Kept with the customer and forgotten with them; main keeps it with the session for a page that has
 * to come back. Must never reach a disk.
 */
import type { SessionAids } from '../../preload/contract/session-channels.ts';

/** Per cent of the standard size. WCAG 2.2, 1.4.4: up to 200 % without loss. */
export const TEXT_SIZES = [100, 150, 200] as const satisfies readonly Aids['textSize'][];

/** `isWithinReach`: on a tall screen everything stands in its lower half (styles/aids.css). */
export type Aids = SessionAids;

/** As everybody finds the kiosk. */
export const STANDARD_AIDS: Aids = {
  textSize: 100,
  isHighContrast: false,
  isSpoken: false,
  isWithinReach: false,
};
