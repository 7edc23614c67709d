/** Text can be read on every ground it is put on, in both themes: measured on the design tokens. */
import { describe, expect, it } from 'vitest';
import { contrast, isColour, type Colour } from '../../../../main/settings/colour.ts';
import { CSS_RULES, tokensOf } from './css-rules.ts';

const STANDARD = tokensOf(':root');
const HIGH = tokensOf(":root[data-contrast='high']", STANDARD);

/** The opaque colour behind a token; of one the policy may bring, the shipped one. */
const colourOf = (tokens: ReadonlyMap<string, string>, token: string): Colour => {
  const value = tokens.get(token) ?? '';
  if (isColour(value)) return value;
  const [, other = '', shipped] = /^var\((--[\w-]+)(?:, (#[\da-f]{6}))?\)$/.exec(value) ?? [];
  if (isColour(shipped)) return shipped;
  if (other === '') throw new Error(`${token} is no opaque colour: ${value}`);
  return colourOf(tokens, other);
};

/** Grounds that text without a ground of its own stands on. */
const TEXT_ON: Readonly<Record<string, readonly string[]>> = {
  '--ink': ['--ground', '--surface', '--surface-soft', '--accent-soft', '--warning-soft'],
  '--ink-soft': ['--ground', '--surface', '--surface-soft'],
  '--accent-strong': ['--ground', '--surface', '--accent-soft'],
  '--accent': ['--surface', '--accent-soft'],
  '--on-accent': ['--accent', '--accent-hover'],
  '--success': ['--ground', '--surface', '--success-soft'],
  '--warning': ['--ground', '--surface', '--warning-soft'],
  '--danger': ['--ground', '--surface', '--danger-soft'],
  '--night-ink': ['--night', '--night-soft', '--scene-far', '--scene-near'],
  '--night-ink-soft': ['--night', '--night-soft', '--scene-far', '--scene-near'],
  '--glow': ['--night', '--night-soft', '--scene-far', '--scene-near'],
  '--on-invite': ['--invite'],
  '--training-ink': ['--training'],
};

/** Lines of controls, and the ring of the focus with its halo. */
const SIGN_ON: Readonly<Record<string, readonly string[]>> = {
  '--line-strong': ['--ground', '--surface'],
  '--night-line-strong': ['--night', '--scene-far'],
  '--accent': ['--ground', '--surface'],
  '--invite': ['--night', '--scene-far', '--scene-near'],
  '--focus': ['--ground', '--surface', '--focus-halo'],
};

const TOKEN = /^var\((--[\w-]+)\)$/;
const tokenIn = (declarations: ReadonlyMap<string, string>, name: string): string | undefined =>
  TOKEN.exec(declarations.get(name) ?? '')?.[1];

/** Every rule that sets text and ground itself; what can't be used (disabled) is exempt: WCAG 1.4.3. */
const ruledPairs = CSS_RULES.filter(({ selector }) => !selector.includes(':disabled')).flatMap(
  ({ sheet, selector, declarations }) => {
    const text = tokenIn(declarations, 'color');
    const ground = tokenIn(declarations, 'background');
    return text === undefined || ground === undefined || ground === '--art-ground'
      ? []
      : [{ where: `${sheet} ${selector}`, text, ground }];
  },
);

const pairsOf = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([text, grounds]) =>
    grounds.map((ground) => ({ where: 'table', text, ground })),
  );

const tooFaint = (
  tokens: ReadonlyMap<string, string>,
  pairs: readonly { where: string; text: string; ground: string }[],
  least: number,
): string[] =>
  pairs
    .map(({ where, text, ground }) => ({
      where: `${text} on ${ground} (${where})`,
      ratio: contrast(colourOf(tokens, text), colourOf(tokens, ground)),
    }))
    .filter(({ ratio }) => ratio < least)
    .map(({ where, ratio }) => `${ratio.toFixed(2)} ${where}`);

describe.each([
  { theme: 'standard', tokens: STANDARD, text: 4.5, sign: 3 },
  { theme: 'high contrast', tokens: HIGH, text: 7, sign: 4.5 },
])('in the $theme theme', ({ tokens, text, sign }) => {
  it(`text has a contrast of at least ${text} : 1`, () => {
    expect(ruledPairs.length).toBeGreaterThan(10);
    expect(tooFaint(tokens, [...pairsOf(TEXT_ON), ...ruledPairs], text)).toEqual([]);
  });

  it(`lines of controls and the focus have a contrast of at least ${sign} : 1`, () => {
    expect(tooFaint(tokens, pairsOf(SIGN_ON), sign)).toEqual([]);
  });
});

it('high contrast changes tokens that there are, and colours alone', () => {
  const own = tokensOf(":root[data-contrast='high']");
  expect(own.size).toBeGreaterThan(20);
  expect([...own.keys()].filter((name) => !STANDARD.has(name))).toEqual([]);
});

it('colours stand among the tokens, and nowhere else but in drawings and the QR code', () => {
  const elsewhere = CSS_RULES.filter(
    ({ sheet, selector }) =>
      sheet !== 'tokens.css' && sheet !== 'art.css' && !selector.startsWith('.qr-'),
  ).flatMap(({ sheet, selector, declarations }) =>
    [...declarations.values()]
      .filter((value) => /#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i.test(value))
      .map((value) => `${sheet} ${selector}: ${value}`),
  );
  expect(elsewhere).toEqual([]);
});
