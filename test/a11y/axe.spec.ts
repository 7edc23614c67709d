/**
 * No screen breaks a rule of WCAG 2.2 AA that a machine can judge: every screen the gallery shows, in
 * a language of each direction, in light and in high contrast, in each size. A rule is judged anew
 * wherever what it looks at can differ: all of them in each language; room for fingers and scrolling
 * in each language and size; contrast in each theme and size, and in each language and theme. A long
 * run spares nothing: every rule in every language, theme and size.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { expect, test, type Page } from 'playwright/test';
import { findChromium } from '../../build/runtime.mjs';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import { drawPictures } from '../gallery/pictures.ts';
import { Stand } from '../gallery/stand.ts';
import { missingFrom, takeTours } from '../gallery/tours.ts';
import { eachVariant, nameOfSize, SIZES, type Variant } from '../gallery/variants.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ALL_RULES: Axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
};
const ROOM = ['target-size', 'scrollable-region-focusable'];
const COLOURS = ['color-contrast'];

/** Set by `npm run test:long`. */
const isLong = process.env['KIOSK_LONG'] === '1';

/** What this variant can break that the ones before it could not; null: nothing. */
const rulesOf = ({ size, contrast }: Variant, isFirstLanguage: boolean): Axe.RunOnly | null => {
  if (isLong) return ALL_RULES;
  const isFirstSize = size === SIZES[0];
  if (isFirstSize && contrast === 'light') return ALL_RULES;
  const values = [
    ...(contrast === 'light' ? ROOM : []),
    ...(isFirstSize || isFirstLanguage ? COLOURS : []),
  ];
  return values.length > 0 ? { type: 'rule', values } : null;
};

/** Pure decoration, which WCAG 1.4.3 exempts: the band says the same in words that can be read. */
const DECORATION = '.training-watermark';
/** Enough for the search and its list; 250 rows that are alike take a quarter of the time. */
const COUNTRIES = ['DE', 'EE', 'ES', 'FI', 'FR', 'LT', 'LV', 'PL', 'RO', 'SE', 'UA', 'US'];

const shipped: readonly string[] = SHIPPED_LANGUAGES;
const languages = isLong ? shipped : ['en', shipped.includes('ar') ? 'ar' : 'de'];

const violationsOn = async (page: Page, runOnly: Axe.RunOnly): Promise<string[]> => {
  const { violations } = await page.evaluate(
    ([rules, decoration]) => {
      const axe = Reflect.get(window, 'axe') as typeof Axe;
      return axe.run(
        { exclude: decoration },
        { runOnly: rules, reporter: 'no-passes', elementRef: false },
      );
    },
    [runOnly, DECORATION] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const reasons = [...any, ...all, ...none].map(({ message }) => message);
      return `${id} ${target.join(' ')}: ${reasons.join(' ')}`;
    }),
  );
};

test.describe.configure({ mode: 'parallel' });
test.skip(findChromium() === null, 'there is no Chromium to show the screens in');

for (const language of languages) {
  test(`every screen keeps the rules of WCAG 2.2 AA in ${language}`, async () => {
    const axe = await readFile(AXE, 'utf8');
    const pictures = await drawPictures(['table']);
    const stand = await Stand.open({ pictures, density: 0.25 });
    const request = { language, pictures, countries: COUNTRIES, isWatched: false };
    const found: string[] = [];
    try {
      const scenes = await takeTours(stand, request, async (scene) => {
        const isNew = await stand.page.evaluate(() => !('axe' in window));
        // Through the debugger, which the policy of the page does not bind.
        if (isNew) await stand.page.evaluate(axe);
        await eachVariant(stand.page, async (variant) => {
          const rules = rulesOf(variant, language === languages[0]);
          if (rules === null) return;
          const { size, contrast } = variant;
          const where = `${scene.mode} ${scene.screen}, ${scene.state}, ${nameOfSize(size)} ${contrast}`;
          const violations = await violationsOn(stand.page, rules);
          found.push(...violations.map((violation) => `${where}: ${violation}`));
        });
      });
      expect(missingFrom(scenes)).toEqual([]);
    } finally {
      await stand.close();
    }
    expect(found).toEqual([]);
  });
}
