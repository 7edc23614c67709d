/**
 * Owns pixels in memory and the way between SVG, pixels and files (sharp).
 * Never draws anything of its own.
 */
import sharp from 'sharp';

/** Pixels row by row, 8 bits a sample, sRGB. Alpha, where there is one, is not premultiplied. */
export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** Rasterise an SVG to exactly the given size, with alpha. */
export async function rasterFromSvg(
  svg: string,
  widthPx: number,
  heightPx: number,
): Promise<Raster> {
  const { data } = await sharp(Buffer.from(svg), { density: 72, limitInputPixels: 60_000_000 })
    .resize(widthPx, heightPx, { fit: 'fill' })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx, heightPx, channels: 4, data };
}

function pipelineOf(raster: Raster) {
  return sharp(raster.data, {
    raw: { width: raster.widthPx, height: raster.heightPx, channels: raster.channels },
    limitInputPixels: 60_000_000,
  });
}

/** Lossless file bytes; `dpi` is written into the file when given. */
export async function encodePng(raster: Raster, dpi?: number): Promise<Uint8Array> {
  const pipeline = pipelineOf(raster);
  return await (dpi === undefined ? pipeline : pipeline.withMetadata({ density: dpi }))
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Baseline JPEG file bytes without metadata, 4:2:0, as webcams send them. Trellis quantisation saves a tenth. */
export async function encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  return await pipelineOf(raster)
    .removeAlpha()
    .jpeg({ quality, chromaSubsampling: '4:2:0', trellisQuantisation: true })
    .toBuffer();
}

/** A picture as SVG can embed it. */
export async function toDataUri(raster: Raster): Promise<string> {
  return `data:image/png;base64,${Buffer.from(await encodePng(raster)).toString('base64')}`;
}
