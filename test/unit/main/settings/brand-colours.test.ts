import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandColours, GROUNDS, LEAST_CONTRAST } from '../../../../main/settings/brand-colours.ts';
import { contrast, type Colour } from '../../../../main/settings/colour.ts';
import { parsePolicy } from '../../../../main/settings/policy.ts';

const TOKENS = new URL('../../../../renderer/styles/tokens.css', import.meta.url);

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Colour => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  it.each<[Colour, Colour, number]>([
    ['#ffffff', '#000000', 21],
    ['#777777', '#777777', 1],
    // Known from WCAG's own discussion of greys: the last that passes, the first that does not.
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe('the colours of a bank', () => {
  it('are judged on the grounds that screens have', () => {
    const tokens = readFileSync(TOKENS, 'utf8');
    const names = Object.entries(GROUNDS).map(
      ([name, value]) =>
        `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value};`,
    );
    for (const declaration of names) expect(tokens).toContain(declaration);
  });

  it('are refused by name where text or accent can not be told from its ground, and only there', () => {
    fc.assert(
      fc.property(colour, colour, (accent, onAccent) => {
        const made = brandColours({ accent, onAccent });
        const isTextClear = contrast(onAccent, accent) >= LEAST_CONTRAST.text;
        const isSignClear = contrast(accent, GROUNDS.ground) >= LEAST_CONTRAST.sign;
        if (!isTextClear)
          expect(made).toEqual({ ok: false, error: { code: 'POLICY_TEXT_CONTRAST' } });
        else if (!isSignClear)
          expect(made).toEqual({ ok: false, error: { code: 'POLICY_ACCENT_CONTRAST' } });
        else expect(made.ok).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('are readable wherever a screen puts them, whichever accent was accepted', () => {
    let acceptedCount = 0;
    fc.assert(
      fc.property(colour, fc.constantFrom<Colour>('#ffffff', '#000000'), (accent, onAccent) => {
        const made = brandColours({ accent, onAccent });
        if (!made.ok) return;
        acceptedCount += 1;
        const colours = made.value;
        const { surface, ground, surfaceSoft, night, nightSoft, nightInkSoft } = GROUNDS;
        const text: readonly (readonly [string, string])[] = [
          [colours.onAccent, colours.accent],
          [colours.onAccent, colours.accentHover],
          [colours.accentStrong, colours.accentSoft],
          [colours.accentStrong, surfaceSoft],
          [colours.accentStrong, ground],
          [colours.accentStrong, surface],
          [colours.glow, colours.sceneNear],
          [colours.glow, colours.sceneFar],
          [colours.glow, night],
          [colours.glow, nightSoft],
          [nightInkSoft, colours.sceneNear],
          [nightInkSoft, colours.sceneFar],
          [colours.sceneFar, surface],
        ];
        const signs: readonly (readonly [string, string])[] = [
          [colours.accent, ground],
          [colours.accent, surface],
          [colours.accent, colours.accentSoft],
        ];
        const least = (pairs: typeof text): number =>
          Math.min(...pairs.map(([one, other]) => contrast(one as Colour, other as Colour)));
        expect(least(text)).toBeGreaterThanOrEqual(LEAST_CONTRAST.text);
        expect(least(signs)).toBeGreaterThanOrEqual(LEAST_CONTRAST.sign);
      }),
      { seed: 2, numRuns: 2000 },
    );
    expect(acceptedCount).toBeGreaterThan(500);
  });
});

describe('the brand of a policy', () => {
  it.each([
    [
      'text that can not be read',
      { accent: '#0b5c46', onAccent: '#3a6b5c' },
      'POLICY_TEXT_CONTRAST',
    ],
    [
      'an accent paler than the screens bear',
      { accent: '#ffc629', onAccent: '#000000' },
      'POLICY_ACCENT_CONTRAST',
    ],
    ['a colour by name', { accent: 'green' }, 'POLICY_INVALID'],
    ['a colour that would end its declaration', { accent: '#0b5c46;--ink:red' }, 'POLICY_INVALID'],
    ['text without an accent', { onAccent: '#ffffff' }, 'POLICY_INVALID'],
  ])('with %s is refused', (_what, colours, code) => {
    expect(parsePolicy({ brand: { colours } })).toEqual({ ok: false, error: { code } });
  });

  it('has white text on its accent where it names none', () => {
    expect(parsePolicy({ brand: { colours: { accent: '#0b5c46' } } })).toMatchObject({
      value: { brand: { name: 'Mark ID', colours: { accent: '#0b5c46', onAccent: '#ffffff' } } },
    });
  });
});
