/** A bank with a look of its own: what a policy and its logo file make of the screens. */
import sharp from 'sharp';
import type { Brand } from '../../preload/contract/app-channels.ts';
import { brandColours } from '../../main/settings/brand-colours.ts';

const ACCENT = { accent: '#0b5c46', onAccent: '#ffffff' } as const;
const LOGO = { widthPx: 480, heightPx: 120 };
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" width="${LOGO.widthPx}" height="${LOGO.heightPx}">
  <circle cx="60" cy="60" r="48" fill="${ACCENT.accent}"/>
  <path d="M36 64l18 18 32-40" fill="none" stroke="#fff" stroke-width="12"/>
  <path d="M140 40h320M140 64h240M140 88h280" stroke="#12203a" stroke-width="12"/>
</svg>`;

/** The logo as main serves it. */
export const drawLogo = (): Promise<Buffer> => sharp(Buffer.from(MARK)).png().toBuffer();

/** As the status tells it. */
export const ownBrand = (): Brand => {
  const colours = brandColours(ACCENT);
  if (!colours.ok) throw new Error(colours.error.code);
  return {
    name: 'Bank of the Specimen',
    colours: colours.value,
    logo: { path: '/brand-0123456789abcdef.png', ...LOGO },
  };
};
