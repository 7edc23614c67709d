/**
 * No screen breaks a rule of WCAG 2.2 AA that a machine can judge: every screen the gallery shows, in
 * a language of each direction, in light and in high contrast, in each size.
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
import { eachVariant, nameOfSize, type Contrast } from '../gallery/variants.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ALL_RULES: Axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
};
/** What size and colours can change; the rest is the same document and is judged once. */
const LOOK_RULES: Readonly<Record<Contrast, Axe.RunOnly>> = {
  light: {
    type: 'rule',
    values: ['color-contrast', 'target-size', 'scrollable-region-focusable'],
  },
  'high-contrast': { type: 'rule', values: ['color-contrast'] },
};
/** Pure decoration, which WCAG 1.4.3 exempts: the band says the same in words that can be read. */
const DECORATION = '.training-watermark';
/** Enough for the search and its list; 250 rows that are alike take a quarter of the time. */
const COUNTRIES = ['DE', 'EE', 'ES', 'FI', 'FR', 'LT', 'LV', 'PL', 'RO', 'SE', 'UA', 'US'];

const shipped: readonly string[] = SHIPPED_LANGUAGES;
const languages = ['en', shipped.includes('ar') ? 'ar' : 'de'];

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
    const stand = await Stand.open({ pictures });
    const request = { language, pictures, countries: COUNTRIES, isWatched: false };
    const found: string[] = [];
    try {
      const scenes = await takeTours(stand, request, async (scene) => {
        const isNew = await stand.page.evaluate(() => !('axe' in window));
        // Through the debugger, which the policy of the page does not bind.
        if (isNew) await stand.page.evaluate(axe);
        let isJudged = false;
        await eachVariant(stand.page, async ({ size, contrast }) => {
          const where = `${scene.mode} ${scene.screen}, ${scene.state}, ${nameOfSize(size)} ${contrast}`;
          const rules = isJudged ? LOOK_RULES[contrast] : ALL_RULES;
          const violations = await violationsOn(stand.page, rules);
          found.push(...violations.map((violation) => `${where}: ${violation}`));
          isJudged = true;
        });
      });
      expect(missingFrom(scenes)).toEqual([]);
    } finally {
      await stand.close();
    }
    expect(found).toEqual([]);
  });
}
