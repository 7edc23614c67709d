/** Drawn scenes as a camera's frames, for the tests of vision. */
import type { Raster } from '../../renderer/vision/raster.ts';
import type { Background } from '../specimens/backgrounds.ts';
import { drawDocument, type DocumentName } from '../specimens/documents/catalogue.ts';
import { personOf } from '../specimens/documents/person.ts';
import type { Specimen } from '../specimens/documents/specimen.ts';
import type { Quad } from '../../renderer/vision/geometry.ts';
import type { Placement } from '../specimens/homography.ts';
import type { Raster as Picture } from '../specimens/raster.ts';
import { drawScene, STEADY, type Defects } from '../specimens/scene.ts';

export interface SceneChoices {
  /** Null: the empty table. */
  readonly document?: DocumentName | null;
  readonly background?: Background;
  readonly placement?: Partial<Placement>;
  readonly defects?: Defects;
  readonly seed?: number;
  readonly size?: { readonly widthPx: number; readonly heightPx: number };
}

/** RGBA, as a canvas delivers frames. */
const toFrame = ({ widthPx, heightPx, channels, data }: Picture): Raster => {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1)
    for (let colour = 0; colour < 3; colour += 1)
      rgba[pixel * 4 + colour] = data[pixel * channels + colour] ?? 0;
  return { widthPx, heightPx, channels: 4, data: rgba };
};

const drawn = new Map<string, Promise<Specimen>>();

/** A specimen that was drawn before in this process is not drawn again. */
const specimenFor = (name: DocumentName, seed: number, dpi: number): Promise<Specimen> => {
  const key = `${name} ${seed} ${dpi}`;
  const specimen =
    drawn.get(key) ??
    drawDocument(name, { person: personOf(seed, 'UTO'), issuedOn: '2024-03-01', dpi });
  drawn.set(key, specimen);
  return specimen;
};

/** One frame with the true corners, 960 × 540 px; a well placed identity card on wood unless asked otherwise. */
export const drawFrame = async ({
  document = 'identity-card-front',
  background = 'wood',
  placement = {},
  defects = {},
  seed = 12,
  size = { widthPx: 960, heightPx: 540 },
}: SceneChoices): Promise<{ readonly frame: Raster; readonly quad: Quad | null }> => {
  const specimen =
    document === null
      ? null
      : await specimenFor(
          document,
          seed,
          Math.round(size.widthPx * (document === 'utility-bill' ? 0.0625 : 0.23)),
        );
  const { picture, truth } = await drawScene({
    ...size,
    seed,
    background,
    specimen,
    placement: { ...STEADY, ...placement },
    defects,
    noiseSigma: 1.5,
  });
  return { frame: toFrame(picture), quad: truth.quad };
};
