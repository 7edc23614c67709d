/**
 * What makes the screens easier for one person: size of the text, contrast, speech, height of the controls.
 * Kept with the customer and forgotten with them; must never reach main or a disk.
 */

/** Per cent of the standard size. WCAG 2.2, 1.4.4: up to 200 % without loss. */
export const TEXT_SIZES = [100, 150, 200] as const;

export interface Aids {
  readonly textSize: (typeof TEXT_SIZES)[number];
  readonly isHighContrast: boolean;
  readonly isSpoken: boolean;
  /** On a tall screen everything stands in its lower half (styles/aids.css). */
  readonly isWithinReach: boolean;
}

/** As everybody finds the kiosk. */
export const STANDARD_AIDS: Aids = {
  textSize: 100,
  isHighContrast: false,
  isSpoken: false,
  isWithinReach: false,
};
