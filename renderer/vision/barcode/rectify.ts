/**
 * Owns turning a tilted PDF417 into an upright one: the rectangle that was found is cut out level, the
 * code's own four sides are measured in it, and those are stretched back to a rectangle.
 * A reader of PDF417 follows rows of pixels: three degrees are enough to lose it.
 */
import type { Point, Quad } from '../geometry.ts';
import { project, squareToQuad } from '../homography.ts';
import { type GreyRaster, lumaAt } from '../luma.ts';
import { axisIn, cornersIn, edgeSums } from './code-sides.ts';
import type { Region } from './find-region.ts';

/** Margin around the region that may hold parts of the code it missed, as a share of each side. */
const MARGIN = { along: 0.16, across: 0.4 };
/** Length of the levelled cut-out: bars of two pixels suffice to measure its sides. */
const CUT_LONG_PX = 900;
/** Quiet zone kept around the code, as a share of its height. */
const QUIET = 0.16;
/** Length of the rectified code: about four pixels a module for the 300 modules of a licence. */
const OUT_LONG_PX = 1300;
/** Height no code needs: a region that is no code must not cost more than one that is. */
const MAX_OUT_HIGH_PX = 1000;
const MIN_SIDE_PX = 20;

/** Samples a picture on a grid; `map` says where each pixel of the result lies. */
const sample = (
  picture: GreyRaster,
  widthPx: number,
  heightPx: number,
  map: (x: number, y: number) => Point,
): GreyRaster => {
  const data = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const { x, y } = map(column + 0.5, row + 0.5);
      data[row * widthPx + column] = Math.round(lumaAt(picture, x, y));
    }
  }
  return { widthPx, heightPx, channels: 1, data };
};

/** Mean lengths of opposite sides. */
const sizeOf = ([a, b, c, d]: Quad): { readonly long: number; readonly high: number } => ({
  long: (Math.hypot(b.x - a.x, b.y - a.y) + Math.hypot(c.x - d.x, c.y - d.y)) / 2,
  high: (Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y)) / 2,
});

const wholeOf = (width: number, height: number): Quad => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
];

/** Whether measured corners can be those of a code: in the cut-out or near it, in order, not a mere line. */
const isSound = (corners: Quad, width: number, height: number): boolean => {
  const [a, b, c, d] = corners;
  const isNear = corners.every(
    ({ x, y }) => x > -0.2 * width && x < 1.2 * width && y > -0.2 * height && y < 1.2 * height,
  );
  const isInOrder = a.x < b.x && d.x < c.x && a.y < d.y && b.y < c.y;
  const { long, high } = sizeOf(corners);
  return isNear && isInOrder && long > MIN_SIDE_PX && high > MIN_SIDE_PX;
};

/** A level piece of a picture, and the way from it to the picture. */
const cutOut = (picture: GreyRaster, region: Region) => {
  const cos = Math.cos((region.deg * Math.PI) / 180);
  const sin = Math.sin((region.deg * Math.PI) / 180);
  const scale = (region.lengthPx * (1 + 2 * MARGIN.along)) / CUT_LONG_PX;
  const heightPx = Math.round((region.widthPx * (1 + 2 * MARGIN.across)) / scale);
  const high = Math.min(MAX_OUT_HIGH_PX, Math.max(MIN_SIDE_PX, heightPx));
  const toPicture = (x: number, y: number): Point => {
    const u = (x - CUT_LONG_PX / 2) * scale;
    const v = (y - high / 2) * scale;
    return { x: region.centreX + u * cos - v * sin, y: region.centreY + u * sin + v * cos };
  };
  return { cut: sample(picture, CUT_LONG_PX, high, toPicture), toPicture };
};

/** The same region, along the rows rather than across the bars. */
const alongRows = (picture: GreyRaster, region: Region): Region => {
  const { cut, toPicture } = cutOut(picture, region);
  const { middleY, slope } = axisIn(cut, edgeSums(cut));
  const centre = toPicture(cut.widthPx / 2, middleY);
  return {
    ...region,
    centreX: centre.x,
    centreY: centre.y,
    deg: region.deg + (Math.atan(slope) * 180) / Math.PI,
  };
};

/** The code of a region as an upright rectangle with its quiet zone. */
export const rectifyRegion = (picture: GreyRaster, region: Region): GreyRaster => {
  const { cut, toPicture } = cutOut(picture, alongRows(picture, region));
  const sums = edgeSums(cut);
  const measured = cornersIn(cut, sums, axisIn(cut, sums));
  const { widthPx, heightPx } = cut;
  const corners = isSound(measured, widthPx, heightPx) ? measured : wholeOf(widthPx, heightPx);
  const { long, high } = sizeOf(corners);
  const outHigh = Math.min(MAX_OUT_HIGH_PX, Math.round((OUT_LONG_PX * high) / long));
  const quiet = Math.round(outHigh * QUIET);
  const unit = squareToQuad(corners);
  return sample(picture, OUT_LONG_PX + 2 * quiet, outHigh + 2 * quiet, (x, y) => {
    const point = project(unit, { x: (x - quiet) / OUT_LONG_PX, y: (y - quiet) / outHigh });
    return toPicture(point.x, point.y);
  });
};
