/** Styles turn with the writing direction, except where they lie over a picture. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const STYLES = fileURLToPath(new URL('../../../../renderer/styles', import.meta.url));

/** Over a picture left is left in every language. */
const OVER_A_PICTURE = /\.guide-corner|\.straight-view/;
const PHYSICAL_NAME =
  /^(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right)\b|^border-(?:top|bottom)-(?:left|right)-radius$/;
const FOUR_SIDED = /^(?:margin|padding|inset|border-width)$/;

interface Declaration {
  readonly place: string;
  readonly name: string;
  readonly value: string;
}

/** The innermost rules of a style sheet, and what each declares. */
const declarationsOf = (file: string): Declaration[] =>
  Array.from(
    readFileSync(join(STYLES, file), 'utf8')
      .replaceAll(/\/\*.*?\*\//gs, '')
      .matchAll(/([^{};]+)\{([^{}]*)\}/g),
    ([, selector = '', body = '']) =>
      Array.from(body.matchAll(/([\w-]+)\s*:\s*([^;]+)/g), ([, name = '', value = '']) => ({
        place: `${file}: ${selector.trim()}`,
        name,
        value,
      })),
  ).flat();

const hasPhysicalSides = ({ name, value }: Declaration): boolean => {
  if (PHYSICAL_NAME.test(name)) return true;
  if (/^(?:float|clear|text-align)$/.test(name)) return /\b(?:left|right)\b/.test(value);
  const [, right, , left] = value.replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, '').split(/\s+/);
  return FOUR_SIDED.test(name) && left !== undefined && left !== right;
};

const all = readdirSync(STYLES).flatMap(declarationsOf);

describe('styles', () => {
  it('name no left or right side, so that a language from right to left turns the screen', () => {
    const found = all.filter((each) => !OVER_A_PICTURE.test(each.place) && hasPhysicalSides(each));
    expect(found).toEqual([]);
  });

  it('keep the frame over a picture where it is in every language', () => {
    const logical = all.filter(
      ({ place, name }) =>
        OVER_A_PICTURE.test(place) && /inline-(?:start|end)|start-|end-/.test(name),
    );
    expect(all.some(({ place }) => OVER_A_PICTURE.test(place))).toBe(true);
    expect(logical).toEqual([]);
  });
});
