/**
 * The bank's colours on the page, as custom properties that tokens.css takes its own from. Set through
 * the CSSOM: the content security policy allows no style attribute in markup.
 */
import type { Brand } from '../preload/contract/app-channels.ts';

/** Each colour and its property; one that is missing here is a type error. */
const PROPERTIES: Readonly<Record<keyof NonNullable<Brand['colours']>, string>> = {
  accent: '--brand-accent',
  onAccent: '--brand-on-accent',
  accentHover: '--brand-accent-hover',
  accentStrong: '--brand-accent-strong',
  accentSoft: '--brand-accent-soft',
  glow: '--brand-glow',
  sceneNear: '--brand-scene-near',
  sceneFar: '--brand-scene-far',
};

/** Puts the colours on, or takes them off again; only colours change, never a size. */
export const wearColours = (
  style: Pick<CSSStyleDeclaration, 'setProperty' | 'removeProperty'>,
  colours: Brand['colours'],
): void => {
  const given: Readonly<Record<string, string>> = colours ?? {};
  for (const [name, property] of Object.entries(PROPERTIES)) {
    const colour = given[name];
    if (colour === undefined) style.removeProperty(property);
    else style.setProperty(property, colour);
  }
};
