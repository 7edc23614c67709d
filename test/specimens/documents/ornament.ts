/**
 * Owns security-print-like ornament: guilloches, rosettes, emblem, chip, signature, and the SPECIMEN mark.
 * Never writes data.
 */
import { createPrng } from '../prng.ts';
import type { Issuer } from './person.ts';
import type { Sheet } from './sheet.ts';

function polyline(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}`;
}

/** Fine waves across an area, two inks that cross: the ground of every document. */
function waves(sheet: Sheet, seed: number, inks: readonly [string, string]): string {
  const random = createPrng(seed, 'waves');
  return inks
    .map((ink, layer) => {
      const lines = Math.round(sheet.heightMm / 1.15);
      const phase = random.between(0, 6);
      const long = random.between(26, 40);
      const sign = layer === 0 ? 1 : -1;
      let path = '';
      for (let line = -6; line < lines + 6; line += 1) {
        const points: [number, number][] = [];
        for (let x = -1; x <= sheet.widthMm + 1; x += 1.1) {
          const swell = Math.sin((x / long) * 2 + phase + line * 0.05 * sign) * 3.4;
          const ripple = Math.sin(x / 2.6 + line * 0.9 * sign) * 0.42;
          points.push([x, line * 1.15 + swell * sign + ripple]);
        }
        path += polyline(points);
      }
      return `<path d="${path}" fill="none" stroke="${ink}" stroke-width="0.09" stroke-opacity="0.32"/>`;
    })
    .join('');
}

/** A rosette of rotated petals. */
export function rosette(
  x: number,
  y: number,
  radius: number,
  ink: string,
  petals: number,
  opacity = 0.5,
): string {
  let path = '';
  for (let turn = 0; turn < 5; turn += 1) {
    const points: [number, number][] = [];
    for (let step = 0; step <= 240; step += 1) {
      const angle = (step / 240) * 2 * Math.PI;
      const wave = Math.cos(petals * angle + turn * 0.55);
      const reach = radius * (0.62 + 0.38 * wave) * (1 - turn * 0.07);
      points.push([x + reach * Math.cos(angle), y + reach * Math.sin(angle)]);
    }
    path += polyline(points);
  }
  return `<path d="${path}" fill="none" stroke="${ink}" stroke-width="0.1" stroke-opacity="${opacity}"/>`;
}

/** Tinted ground, waves and a large rosette. */
export function securityGround(sheet: Sheet, seed: number, inks: Issuer['inks']): void {
  const [first, second] = inks;
  const { widthMm: w, heightMm: h } = sheet;
  sheet.add(
    `<linearGradient id="ground" x1="0" y1="0" x2="1" y2="0.6"><stop offset="0" stop-color="${first}" stop-opacity="0.26"/><stop offset="0.5" stop-color="#f3ead2" stop-opacity="0.9"/><stop offset="1" stop-color="${second}" stop-opacity="0.28"/></linearGradient>`,
    `<rect width="${w}" height="${h}" fill="#fbfaf6"/><rect width="${w}" height="${h}" fill="url(#ground)"/>`,
    waves(sheet, seed, [first, second]),
    rosette(w * 0.62, h * 0.52, h * 0.4, second, 12, 0.34),
    rosette(w * 0.62, h * 0.52, h * 0.27, first, 18, 0.34),
  );
}

/** Emblem of the invented state: a rising sun over waves in a shield. */
export function emblem(x: number, y: number, height: number, ink: string): string {
  const rays = Array.from({ length: 9 }, (_, index) => {
    const angle = Math.PI + (index / 8) * Math.PI;
    return `M${(10 + 4.4 * Math.cos(angle)).toFixed(2)} ${(12 + 4.4 * Math.sin(angle)).toFixed(2)}L${(10 + 7.6 * Math.cos(angle)).toFixed(2)} ${(12 + 7.6 * Math.sin(angle)).toFixed(2)}`;
  }).join('');
  return `<g transform="translate(${x} ${y}) scale(${(height / 24).toFixed(4)})" fill="none" stroke="${ink}"><path d="M1 1H19V13C19 18 14 21.5 10 23.4C6 21.5 1 18 1 13Z" fill="${ink}" fill-opacity="0.1" stroke-width="1.1"/><path d="M6.8 12A3.2 3.2 0 0 1 13.2 12Z" fill="${ink}"/><path d="${rays}" stroke-width="0.9"/><path d="M2.4 14.4Q6 12.6 10 14.4T17.6 14.4M3.6 17Q7 15.4 10 17T16.4 17M6 19.6Q8 18.6 10 19.6T14 19.6" stroke-width="0.8"/></g>`;
}

/** The ICAO chip-inside symbol (Doc 9303-9 §2.3), width 9:5.25. */
export function chipSymbol(x: number, y: number, width: number): string {
  return `<g transform="translate(${x} ${y}) scale(${(width / 9).toFixed(4)})" fill="#1d2530"><path fill-rule="evenodd" d="M0 0H9V2.2H6.1A1.75 1.75 0 0 0 2.9 2.2H0ZM0 5.25H9V3.05H6.1A1.75 1.75 0 0 1 2.9 3.05H0ZM4.5 1.4A1.22 1.22 0 1 1 4.49 1.4Z"/></g>`;
}

/** Contact plate of a smart card (ISO/IEC 7816-2), about 12 mm × 10 mm. */
export function contactChip(x: number, y: number): string {
  return `<linearGradient id="gold" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f1dd9a"/><stop offset="0.5" stop-color="#c9a34d"/><stop offset="1" stop-color="#ecd48b"/></linearGradient><g transform="translate(${x} ${y})"><rect width="12" height="10" rx="1.6" fill="url(#gold)" stroke="#8a6d2c" stroke-width="0.15"/><path d="M0 3.3H4L4.6 4V6L4 6.7H0M12 3.3H8L7.4 4V6L8 6.7H12M4.6 4H7.4M4.6 6H7.4M6 0V4M6 6V10" fill="none" stroke="#7a5f24" stroke-width="0.22"/></g>`;
}

/** A signature nobody writes: loops along a line. */
export function signature(seed: number, x: number, y: number, width: number): string {
  const random = createPrng(seed, 'signature');
  let path = `M${x} ${y}`;
  const steps = 7;
  for (let step = 0; step < steps; step += 1) {
    const from = x + (width * step) / steps;
    const up = random.between(1.2, step === 0 ? 4.6 : 2.8);
    path += `C${(from + width * 0.04).toFixed(2)} ${(y - up * 1.7).toFixed(2)} ${(from + width * random.between(0.1, 0.24)).toFixed(2)} ${(y - up).toFixed(2)} ${(from + width * 0.09).toFixed(2)} ${(y + random.between(0.1, 0.9)).toFixed(2)}S${(from + width * 0.12).toFixed(2)} ${(y - 0.6).toFixed(2)} ${(x + (width * (step + 1)) / steps).toFixed(2)} ${(y + random.between(-0.5, 0.3)).toFixed(2)}`;
  }
  return `<path d="${path}" fill="none" stroke="#1b2a55" stroke-width="0.32" stroke-linecap="round"/>`;
}

/** The holder's portrait with a soft edge towards the ground. */
export function portrait(
  href: string,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  return `<clipPath id="photo"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="0.8"/></clipPath><image href="${href}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice" clip-path="url(#photo)"/><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="0.8" fill="none" stroke="#1d2530" stroke-opacity="0.25" stroke-width="0.12"/>`;
}

/** The small repeated portrait in one ink. */
export function ghostPortrait(href: string, x: number, y: number, width: number): string {
  const height = (width * 9) / 7;
  return `<filter id="grey"><feColorMatrix type="saturate" values="0.1"/></filter><radialGradient id="fade"><stop offset="0.55" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient><mask id="oval"><ellipse cx="${x + width / 2}" cy="${y + height / 2}" rx="${width / 2}" ry="${height / 2}" fill="url(#fade)"/></mask><g mask="url(#oval)"><image href="${href}" x="${x}" y="${y}" width="${width}" height="${height}" opacity="0.55" filter="url(#grey)"/></g>`;
}

/** The mark no specimen goes without. */
const SPECIMEN_WORD = 'SPECIMEN';

/** Write SPECIMEN across the sheet, centred at the given point. */
export function markSpecimen(
  sheet: Sheet,
  x: number,
  y: number,
  sizeMm: number,
  rotation: number,
): void {
  sheet.write(SPECIMEN_WORD, x, y, {
    sizeMm,
    typeface: 'sans-bold',
    colour: '#b3261e',
    opacity: 0.42,
    anchor: 'middle',
    trackingMm: sizeMm * 0.12,
    rotation,
  });
}
