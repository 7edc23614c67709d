/**
 * A bank's accent as the set of colours that screens need, each as far from its grounds as people
 * need it to be. Must never give a set that can't be read: what can't be is refused by name.
 */
import type { BrandColours } from '../../preload/contract/app-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { contrast, mix, type Colour } from './colour.ts';

/** What the colours stand on, as in renderer/styles/tokens.css; a test compares the two. */
export const GROUNDS = {
  surface: '#ffffff',
  ground: '#f3f5f8',
  surfaceSoft: '#eaeef5',
  night: '#0a1325',
  nightSoft: '#14213b',
  nightInkSoft: '#b9c6de',
} as const satisfies Readonly<Record<string, Colour>>;

/** Source: WCAG 2.2, 1.4.3 (text) and 1.4.11 (controls and signs). */
export const LEAST_CONTRAST = { text: 4.5, sign: 3 } as const;

const WHITE = '#ffffff';
const BLACK = '#000000';

/** Steps of a search between two colours: no eye tells a hundredth. */
const STEPS = 100;

/** How much of the accent a pale ground has, and a button that is pointed at changes. Own decision. */
const SOFT_SHARE = 0.12;
const HOVER_SHARE = 0.18;

/** The first colour on the way that is far enough from all of them; the end of the way is known to be. */
const firstReadable = (
  from: Colour,
  to: Colour,
  grounds: readonly Colour[],
  least: number,
): Colour => {
  for (let step = 0; step < STEPS; step += 1) {
    const colour = mix(from, to, step / STEPS);
    if (grounds.every((ground) => contrast(colour, ground) >= least)) return colour;
  }
  return to;
};

/** What a policy may say of its colours: an accent, and the text on it. */
export interface AccentPair {
  readonly accent: Colour;
  readonly onAccent: Colour;
}

/**
 * The whole set. POLICY_TEXT_CONTRAST: text on the accent is under 4.5 : 1. POLICY_ACCENT_CONTRAST:
 * the accent on the screens' ground is under 3 : 1.
 */
export const brandColours = ({
  accent,
  onAccent,
}: AccentPair): Result<BrandColours, 'POLICY_TEXT_CONTRAST' | 'POLICY_ACCENT_CONTRAST'> => {
  const { text, sign } = LEAST_CONTRAST;
  if (contrast(onAccent, accent) < text) return fail('POLICY_TEXT_CONTRAST');
  if (contrast(accent, GROUNDS.ground) < sign) return fail('POLICY_ACCENT_CONTRAST');
  const { surfaceSoft, night, nightSoft, nightInkSoft } = GROUNDS;
  const isTextLight = contrast(onAccent, BLACK) > contrast(onAccent, WHITE);
  const accentSoft = firstReadable(mix(WHITE, accent, SOFT_SHARE), WHITE, [accent], sign);
  const sceneNear = firstReadable(mix(accent, night, 0.25), night, [nightInkSoft], text);
  return ok({
    accent,
    onAccent,
    accentHover: mix(accent, isTextLight ? BLACK : WHITE, HOVER_SHARE),
    accentStrong: firstReadable(accent, BLACK, [accentSoft, surfaceSoft], text),
    accentSoft,
    glow: firstReadable(mix(accent, WHITE, 0.4), WHITE, [sceneNear, nightSoft], text),
    sceneNear,
    sceneFar: mix(sceneNear, night, 0.5),
  });
};
