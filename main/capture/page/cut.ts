/** Cuts a document out of a page: straight, upright, at full resolution, with a margin around it. */
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { decodePart, type Box, type Pixels } from '../image-decoder.ts';
import { quadOf, rectangleOf, widened, type Quad } from './geometry.ts';
import type { Page, PageSize } from './thumbnail.ts';

/** Source: scanners.md: some providers refuse pictures that end at the edge of the card. */
const MARGIN_MM = 3;
/** A turn this small is not worth a new sampling of every pixel: a third of a pixel on a card. */
const LEVEL_RAD = 0.0003;
/** Pixels beyond the rectangle that sampling looks at. */
const SAMPLING_PX = 3;
/** Sides of what can be cut, pixels. Own decision: less is no picture of anything. */
const MIN_SIDE_PX = 16;

type Colour = readonly [red: number, green: number, blue: number];

interface CutChoices {
  /** What lies outside the page. */
  readonly lid: Colour;
  /** The longer side is made no longer than this. */
  readonly maxLongPx: number;
}

/** Whole pixels around the corners. */
const boxOf = (quad: Quad): Box => {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  const left = Math.floor(Math.min(...xs)) - SAMPLING_PX;
  const top = Math.floor(Math.min(...ys)) - SAMPLING_PX;
  return {
    left,
    top,
    width: Math.ceil(Math.max(...xs)) + SAMPLING_PX - left,
    height: Math.ceil(Math.max(...ys)) + SAMPLING_PX - top,
  };
};

/** What of a box lies on the page. */
const onPage = (box: Box, { widthPx, heightPx }: PageSize): Box => {
  const left = Math.max(0, box.left);
  const top = Math.max(0, box.top);
  return {
    left,
    top,
    width: Math.min(widthPx, box.left + box.width) - left,
    height: Math.min(heightPx, box.top + box.height) - top,
  };
};

/** The part of a picture in the box; `beyond` where there is no picture. */
const windowOf = ({ rgb, widthPx, heightPx }: Pixels, box: Box, beyond: Colour): Pixels => {
  const out = new Uint8Array(box.width * box.height * 3);
  const line = new Uint8Array(box.width * 3);
  for (let at = 0; at < line.length; at += 3) line.set(beyond, at);
  const first = Math.max(0, box.left);
  const end = Math.min(widthPx, box.left + box.width);
  for (let row = 0; row < box.height; row += 1) {
    const to = row * box.width;
    const from = (box.top + row) * widthPx;
    const isOnPicture = box.top + row >= 0 && box.top + row < heightPx;
    if (end - first < box.width || !isOnPicture) out.set(line, to * 3);
    if (isOnPicture)
      out.set(rgb.subarray((from + first) * 3, (from + end) * 3), (to + first - box.left) * 3);
  }
  return { rgb: out, widthPx: box.width, heightPx: box.height };
};

/**
 * The inside of a quad with a margin, as the order of its corners says: the first becomes the top left
 * one. Corners that make no rectangle are taken for the nearest one.
 *
 * @returns PICTURE_TOO_SMALL for a quad that is smaller than anything, or outside the page;
 *   PICTURE_UNREADABLE for a damaged page.
 */
export const cutQuad = async (
  page: Page,
  quad: Quad,
  { lid, maxLongPx }: CutChoices,
): Promise<Result<Pixels, PictureErrorCode>> => {
  const inner = rectangleOf(quad);
  const { x, y } = inner.middle;
  const isOnPage = x > 0 && y > 0 && x < page.widthPx && y < page.heightPx;
  const isLarge = Math.min(inner.width, inner.height) >= MIN_SIDE_PX;
  const longestPx = Math.hypot(page.widthPx, page.heightPx);
  if (!isOnPage || !isLarge || Math.max(inner.width, inner.height) > longestPx)
    return fail('PICTURE_TOO_SMALL');
  const outer = widened(inner, (MARGIN_MM * page.dpi) / 25.4);
  const turnRad = Math.abs(outer.turnRad) < LEVEL_RAD ? 0 : outer.turnRad;
  // Made smaller first: turning is what takes time.
  const scale = Math.min(1, maxLongPx / Math.max(outer.width, outer.height));
  const box = onPage(boxOf(quadOf(outer)), page);
  const part = await decodePart(page.bytes, box, { scale, turnRad, beyond: lid });
  if (!part.ok) return part;
  const width = Math.round(outer.width * scale);
  const height = Math.round(outer.height * scale);
  /** From the middle of the part, which may have lost something at the edge of the page. */
  const right = (x - box.left - box.width / 2) * scale;
  const down = (y - box.top - box.height / 2) * scale;
  const cos = Math.cos(turnRad);
  const sin = Math.sin(turnRad);
  const window = {
    left: Math.floor((part.value.widthPx - width) / 2 + right * cos + down * sin),
    top: Math.floor((part.value.heightPx - height) / 2 + down * cos - right * sin),
    width,
    height,
  };
  const cut = windowOf(part.value, window, lid);
  part.value.rgb.fill(0);
  return ok(cut);
};
