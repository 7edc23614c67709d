/**
 * Owns how a line gets onto paper and from paper into a picture, step by step, over floating-point luma.
 * Never decides how much of each: the caller draws that.
 */
import sharp from 'sharp';
import { MRZ_ALPHABET } from '../../../renderer/vision/mrz/line-network.ts';
import type { GreyRaster } from '../../../renderer/vision/luma.ts';
import type { Prng } from '../../specimens/prng.ts';
import { type Atlas, CELL_HEIGHT, CELL_WIDTH, GLYPH_PITCH } from './glyphs.ts';

/** One number a pixel, row by row: ink 0…1 or luma 0…255. */
export interface Field {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** How a line is set. */
export interface LineLook {
  readonly pitchPx: number;
  readonly widthScale: number;
  readonly heightScale: number;
  /** Shear: pixels to the right per pixel up. */
  readonly slant: number;
  /** Cuts of OCR-B differ in the height of digits, and in the size and place of the filler. */
  readonly digitScale: number;
  readonly fillerScale: number;
  readonly fillerDropPx: number;
  /** Each letter is off by up to this much. */
  readonly wobblePx: number;
}

const FILLER = MRZ_ALPHABET.indexOf('<');

/** Row of the atlas that is the middle of a capital. */
const ATLAS_MIDDLE = 36;

/** Lays a line of text onto ink, letters centred in their slots; blanks are left out. */
export const printLine = (
  prng: Prng,
  field: Field,
  atlas: Atlas,
  text: string,
  middleY: number,
  look: LineLook,
): void => {
  const { widthPx, heightPx, data } = field;
  const baseX = GLYPH_PITCH / look.pitchPx / look.widthScale;
  const baseY = GLYPH_PITCH / look.pitchPx / look.heightScale;
  const samples = Math.min(4, Math.max(2, Math.round(Math.max(baseX, baseY))));
  const share = 1 / (samples * samples);
  const reachX = CELL_WIDTH / 2 / baseX + 2;
  const reachY = CELL_HEIGHT / 2 / baseY + 1;
  for (let slot = 0; slot < text.length; slot += 1) {
    const letter = MRZ_ALPHABET.indexOf(text.charAt(slot));
    if (letter < 0) continue;
    const isFiller = letter === FILLER;
    const scaleX = isFiller ? baseX / look.fillerScale : baseX;
    const scaleY = isFiller
      ? baseY / look.fillerScale
      : letter < 10
        ? baseY / look.digitScale
        : baseY;
    const drop = isFiller ? look.fillerDropPx : 0;
    const centreX = (slot + 0.5) * look.pitchPx + look.wobblePx * prng.gaussian();
    const centreY = middleY + drop + look.wobblePx * prng.gaussian();
    const strength = prng.between(0.88, 1);
    const base = letter * CELL_HEIGHT * CELL_WIDTH;
    const top = Math.max(0, Math.floor(centreY - reachY));
    const bottom = Math.min(heightPx, Math.ceil(centreY + reachY));
    const left = Math.max(0, Math.floor(centreX - reachX));
    const right = Math.min(widthPx, Math.ceil(centreX + reachX));
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        let sum = 0;
        for (let sample = 0; sample < samples * samples; sample += 1) {
          const dx = column + ((sample % samples) + 0.5) / samples - centreX;
          const dy = row + (Math.floor(sample / samples) + 0.5) / samples - centreY;
          const u = Math.floor((dx + look.slant * dy) * scaleX + CELL_WIDTH / 2);
          const v = Math.floor(dy * scaleY + ATLAS_MIDDLE);
          if (u < 0 || v < 0 || u >= CELL_WIDTH || v >= CELL_HEIGHT) continue;
          sum += atlas[base + v * CELL_WIDTH + u] ?? 0;
        }
        const at = row * widthPx + column;
        data[at] = Math.min(1, (data[at] ?? 0) + sum * share * strength);
      }
    }
  }
};

/** Waves of security print, as luma to add at (x, y) in pitches. */
const guilloche = (prng: Prng, strength: number): ((x: number, y: number) => number) => {
  const angle = prng.between(0, Math.PI);
  const frequency = prng.between(0.5, 9);
  const bend = prng.between(0, 2.5);
  const bendFrequency = prng.between(0.2, 1.5);
  const phase = prng.between(0, 6.28);
  const isSharp = prng.next() < 0.5;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (x, y) => {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    const wave = Math.sin(frequency * along + bend * Math.sin(bendFrequency * across) + phase);
    if (isSharp) return wave > 0.6 ? -strength : 0;
    return wave * strength * 0.5;
  };
};

/** Paper with its light and print under the ink, and stray strokes over it: ink becomes luma. */
export const addPaper = (prng: Prng, ink: Field, pitchPx: number): Field => {
  const { widthPx, heightPx } = ink;
  const paper = prng.between(90, 255);
  const black = prng.next() < 0.6 ? prng.between(0, 0.3) : prng.between(0.2, 0.72);
  const slopeX = prng.gaussian() * 1.2;
  const slopeY = prng.gaussian() * 1.2;
  /** Security print that hid the letters from people would hide them from everybody. */
  const contrast = paper * (1 - black);
  const waves = Array.from({ length: prng.int(0, 3) }, () =>
    guilloche(prng, prng.between(0.01, 0.28) * contrast),
  );
  const strokes = Array.from({ length: prng.next() < 0.12 ? prng.int(1, 3) : 0 }, () => ({
    x: prng.between(0, widthPx),
    y: prng.between(0, heightPx),
    angle: prng.between(0, Math.PI),
    half: pitchPx * prng.between(0.02, 0.1),
    depth: prng.between(0.1, 0.5),
  }));
  /** The document's edge or a printed rule, above or below the line. */
  const ruleAt =
    prng.next() < 0.1 ? heightPx / 2 + pitchPx * prng.pick([-1, 1]) * prng.between(0.75, 1.2) : -99;
  const data = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const at = row * widthPx + column;
      const x = (column - widthPx / 2) / pitchPx;
      const y = (row - heightPx / 2) / pitchPx;
      let light = paper + slopeX * x + slopeY * y;
      for (const wave of waves) light += wave(x, y);
      for (const { x: sx, y: sy, angle, half, depth } of strokes) {
        const away = Math.abs((column - sx) * Math.sin(angle) - (row - sy) * Math.cos(angle));
        if (away < half) light *= 1 - depth;
      }
      if (Math.abs(row - ruleAt) < pitchPx * 0.06) light *= 0.5;
      const covered = ink.data[at] ?? 0;
      data[at] = Math.min(255, light) * (1 - covered) + light * black * covered;
    }
  }
  return { widthPx, heightPx, data };
};

/** Weighted mean along rows or columns; edges go on. */
const convolveLine = (field: Field, sigma: number, isDown: boolean): Field => {
  if (sigma < 0.1) return field;
  const { widthPx, heightPx } = field;
  const reach = Math.ceil(2.6 * sigma);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const data = new Float32Array(field.data.length);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      let sum = 0;
      for (let tap = -reach; tap <= reach; tap += 1) {
        const x = isDown ? column : Math.min(widthPx - 1, Math.max(0, column + tap));
        const y = isDown ? Math.min(heightPx - 1, Math.max(0, row + tap)) : row;
        sum += (kernel[tap + reach] ?? 0) * (field.data[y * widthPx + x] ?? 0);
      }
      data[row * widthPx + column] = sum / total;
    }
  }
  return { widthPx, heightPx, data };
};

/** Gaussian; `stretch` makes it wider along the line (motion) or across. */
export const blur = (field: Field, sigmaPx: number, stretch: number): Field =>
  convolveLine(convolveLine(field, sigmaPx * stretch, false), sigmaPx / stretch, true);

/** Unsharp mask, as scanners and photo editors apply it: leaves bright rims. */
export const sharpen = (field: Field, sigmaPx: number, amount: number): Field => {
  const soft = blur(field, sigmaPx, 1);
  const data = field.data.map((value, at) => value + amount * (value - (soft.data[at] ?? 0)));
  return { ...field, data };
};

/** Bilinear to another size, without prefilter: as careless software does it. */
export const resample = (field: Field, toWidth: number, toHeight: number): Field => {
  const widthPx = Math.max(2, Math.round(toWidth));
  const heightPx = Math.max(2, Math.round(toHeight));
  const data = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    const y = Math.min(
      field.heightPx - 1,
      Math.max(0, ((row + 0.5) * field.heightPx) / heightPx - 0.5),
    );
    const top = Math.min(field.heightPx - 2, Math.floor(y));
    for (let column = 0; column < widthPx; column += 1) {
      const x = Math.min(
        field.widthPx - 1,
        Math.max(0, ((column + 0.5) * field.widthPx) / widthPx - 0.5),
      );
      const left = Math.min(field.widthPx - 2, Math.floor(x));
      const at = top * field.widthPx + left;
      const below = at + field.widthPx;
      const fx = x - left;
      const upper = (field.data[at] ?? 0) * (1 - fx) + (field.data[at + 1] ?? 0) * fx;
      const lower = (field.data[below] ?? 0) * (1 - fx) + (field.data[below + 1] ?? 0) * fx;
      data[row * widthPx + column] = upper * (1 - y + top) + lower * (y - top);
    }
  }
  return { widthPx, heightPx, data };
};

/** There and back through JPEG. */
export const jpegOf = async (raster: GreyRaster, quality: number): Promise<GreyRaster> => {
  const raw = { width: raster.widthPx, height: raster.heightPx, channels: 1 } as const;
  const jpeg = await sharp(raster.data, { raw }).jpeg({ quality }).toBuffer();
  const data = await sharp(jpeg).greyscale().raw().toBuffer();
  return { ...raster, data };
};
