/**
 * Reads a manifest of pictures with ground truth: a JSON list whose entries name a file beside the
 * manifest, its kind, and what is known about it. Fields that no suite asks for are ignored.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { Quad } from '../../renderer/vision/geometry.ts';
import type { Raster } from '../../renderer/vision/raster.ts';

const corner = z.tuple([z.number(), z.number()]).transform(([x, y]) => ({ x, y }));

const truth = z.object({
  /** Corners of the document in pixels, in its own reading order. */
  quad: z.tuple([corner, corner, corner, corner]).optional(),
  visibility: z.enum(['full', 'partial', 'none']).optional(),
  /** Where a picture shows several. */
  quads: z.array(z.tuple([corner, corner, corner, corner])).optional(),
  quality: z.object({ kind: z.string(), dpi: z.number().optional() }).optional(),
  mrz: z.array(z.string()).optional(),
  text: z.string().optional(),
  format: z.string().optional(),
  /** Where a picture shows several. */
  codes: z.array(z.object({ format: z.string(), text: z.string() })).optional(),
  faces: z.number().optional(),
});

const entry = z.object({ file: z.string(), kind: z.string(), ground_truth: truth });

/** What is known about a picture. */
export interface PictureTruth extends Omit<z.output<typeof truth>, 'quad' | 'quads'> {
  readonly quad?: Quad | undefined;
  readonly quads?: readonly Quad[] | undefined;
}

/** One picture of a manifest; its pixels are read when they are asked for. */
export interface EvalPicture {
  /** Path as the manifest names it. */
  readonly file: string;
  readonly kind: string;
  readonly truth: PictureTruth;
  /** RGBA, upright. */
  read(): Promise<Raster>;
  /** The file itself. */
  bytes(): Promise<Uint8Array>;
}

const readPicture = async (path: string): Promise<Raster> => {
  const { data, info } = await sharp(path, { autoOrient: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, channels: 4, data };
};

/** Every picture of the manifest, or of the one in a folder. Throws where it can't be read: a command has no use for half of one. */
export const readManifest = async (path: string): Promise<readonly EvalPicture[]> => {
  const file = path.endsWith('.json') ? path : join(path, 'manifest.json');
  const parsed = z.array(entry).parse(JSON.parse(await readFile(file, 'utf8')));
  const folder = dirname(file);
  return parsed.map(({ file: name, kind, ground_truth }) => ({
    file: name,
    kind,
    truth: ground_truth,
    read: () => readPicture(join(folder, name)),
    bytes: () => readFile(join(folder, name)),
  }));
};
