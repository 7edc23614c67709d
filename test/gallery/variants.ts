/** The sizes and looks every screen is seen in. */
import type { Page } from 'playwright';

/** CSS pixels; source: kiosk-experience, the screens the kiosk is made for. */
export const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
] as const;
export type Size = (typeof SIZES)[number];

export const CONTRASTS = ['light', 'high-contrast'] as const;
export type Contrast = (typeof CONTRASTS)[number];

export interface Variant {
  readonly size: Size;
  readonly contrast: Contrast;
}

/** As people write it: 1080×1920. */
export const nameOfSize = ({ width, height }: Size): string => `${width}×${height}`;

/** The look a customer may choose, put on from outside so that no press changes the screen. */
const showContrast = async (page: Page, contrast: Contrast): Promise<void> => {
  await page.evaluate(
    (name) => {
      document.documentElement.dataset['contrast'] = name;
    },
    contrast === 'light' ? 'standard' : 'high',
  );
};

/** Shows the present screen in each size and contrast in turn. */
export const eachVariant = async (
  page: Page,
  look: (variant: Variant) => Promise<void>,
): Promise<void> => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const contrast of CONTRASTS) {
      await showContrast(page, contrast);
      await look({ size, contrast });
    }
  }
  await showContrast(page, 'light');
};
