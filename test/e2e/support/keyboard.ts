/** Walks a page by its keys alone, and looks at each step where the focus is and whether it can be seen. */
import type { Page } from 'playwright';

/** More Tabs than any screen has stops. */
const MAX_STOPS = 60;
/** WCAG 2.2, 2.4.13: as thick as a line of two CSS pixels. */
const LEAST_OUTLINE_PX = 2;

interface Stop {
  /** How the element is known; null where the focus is on the page itself. */
  readonly name: string | null;
  readonly isHeading: boolean;
  /** Outlined, and not covered by anything else. */
  readonly isVisible: boolean;
}

/** Where the focus is. A control may show it by what stands for it: a card, a field's box. */
const focusOf = (page: Page): Promise<Stop> =>
  page.evaluate((leastPx) => {
    const active = document.activeElement;
    if (active === null || active === document.body)
      return { name: null, isHeading: false, isVisible: true };
    const isOutlined = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= leastPx;
    };
    let shown: Element | null = active;
    while (shown !== null && !isOutlined(shown)) shown = shown.parentElement;
    const { left, top, width, height } = (shown ?? active).getBoundingClientRect();
    const atCentre = document.elementFromPoint(left + width / 2, top + height / 2);
    const attributes = ['data-action', 'data-aid', 'data-key', 'data-language', 'name'];
    const named = attributes.map((name) => active.getAttribute(name)).find((name) => name !== null);
    return {
      name: [named ?? active.tagName, active.getAttribute('data-step')]
        .filter((part) => part !== null)
        .join(' '),
      isHeading: active.tagName === 'H1',
      isVisible:
        shown !== null &&
        atCentre !== null &&
        (shown.contains(atCentre) || atCentre.contains(shown)),
    };
  }, LEAST_OUTLINE_PX);

/** Every stop of Tab, once around the page from where the focus is. Throws when it does not come round. */
export const stopsOf = async (page: Page): Promise<readonly Stop[]> => {
  const stops: Stop[] = [];
  for (let presses = 0; presses < MAX_STOPS; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await focusOf(page);
    if (stop.name !== null && stop.name === stops[0]?.name) return stops;
    // Between the last stop and the first the page itself may have the focus.
    if (stop.name !== null) stops.push(stop);
  }
  throw new Error(`Tab does not come round: ${stops.map(({ name }) => name).join(', ')}`);
};

/** Presses Tab until the focus is on what has this name. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < MAX_STOPS; presses += 1) {
    if ((await focusOf(page)).name === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}`);
};

/** Whether the focus is on the heading of the screen, where reading begins. */
export const isOnHeading = async (page: Page): Promise<boolean> => (await focusOf(page)).isHeading;
