/** Makes pictures of luma for the vision's tests from drawn specimens, and takes them through what cameras do. */
import sharp, { type Sharp } from 'sharp';
import type { GreyRaster } from '../../renderer/vision/luma.ts';
import type { Raster } from '../specimens/raster.ts';

/** The picture as sharp takes it; transparent corners become white. */
export const sharpOf = ({ widthPx, heightPx, channels, data }: Raster): Sharp =>
  sharp(data, { raw: { width: widthPx, height: heightPx, channels } }).flatten({
    background: '#fff',
  });

/** Luma of whatever sharp holds. */
export const lumaOf = async (picture: Sharp): Promise<GreyRaster> => {
  const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, channels: 1, data };
};

/** Carries out what a pipeline holds so far: sharp orders the operations of one by itself. */
export const rendered = async (picture: Sharp): Promise<Sharp> =>
  sharp(await picture.png({ compressionLevel: 1 }).toBuffer());
