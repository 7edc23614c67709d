/** Rectangles in a mask: outlines that close, apart from what touches them; or what lies in one place. */
import { CARD_SIZES, isDocumentSize } from './formats.ts';
import { smallestAround, type Point, type Rectangle } from './geometry.ts';
import {
  close,
  componentsOf,
  erodeAll,
  filled,
  maskOf,
  open,
  type Component,
  type Mask,
} from './mask.ts';

/** In pixels of the mask. */
export interface Shape {
  readonly rectangle: Rectangle;
  /** The rectangle is full, as a thing with four straight sides is. */
  readonly isWhole: boolean;
}

/** Strips of shadow along the page's edges and under a card are narrower than twice this. */
const STRIP_MM = 1.2;
/** What is left after so much was taken from each side hangs together by more than a touch. */
const CUTS_MM = [2, 4, 7];
/** Of its smallest rectangle; the round corners of a card take 0.2 %. */
const WHOLE_SHARE = 0.94;
/** Less than this is no rectangle at all. */
const MIN_SHARE = 0.7;
/** Smallest area of a document, square millimetres. */
const MIN_AREA_MM2 = 1_800;
/** The print of a card fills at least this share of it, each way; text is this near to text. */
const PRINTED_SHARE = 0.5;
const CONTENT_GAP_MM = 4;

/** Corners of the pixels that a component's rows begin and end with. */
const outlineOf = ({ runs }: Component): Point[] =>
  runs.flatMap(({ row, first, last }) => [
    { x: first, y: row },
    { x: last + 1, y: row },
    { x: first, y: row + 1 },
    { x: last + 1, y: row + 1 },
  ]);

const shapeOf = (component: Component): Shape & { readonly share: number } => {
  const rectangle = smallestAround(outlineOf(component));
  const share = component.area / Math.max(1, rectangle.width * rectangle.height);
  return { rectangle, share, isWhole: share >= WHOLE_SHARE };
};

const isLargeEnough = ({ width, height }: Rectangle, pxPerMm: number): boolean =>
  isDocumentSize(Math.max(width, height) / pxPerMm, Math.min(width, height) / pxPerMm);

/** The rectangle before `radius` was taken from it by a square: more along the diagonal. */
const restored = (rectangle: Rectangle, radius: number): Rectangle => {
  const { turnRad } = rectangle;
  const grown = 2 * radius * (Math.abs(Math.cos(turnRad)) + Math.abs(Math.sin(turnRad)));
  return { ...rectangle, width: rectangle.width + grown, height: rectangle.height + grown };
};

/** Takes a component apart where it hangs together by little: cards that touch, a card on a shadow. */
const partsOf = (component: Mask, pxPerMm: number): readonly Shape[] => {
  for (const cutMm of CUTS_MM) {
    const radius = Math.round(cutMm * pxPerMm);
    const list = componentsOf(erodeAll(component, radius), MIN_AREA_MM2 * 0.5 * pxPerMm ** 2);
    const parts = list
      .map(shapeOf)
      .map(({ rectangle, isWhole }) => ({ rectangle: restored(rectangle, radius), isWhole }))
      .filter(({ rectangle }) => isLargeEnough(rectangle, pxPerMm));
    if (parts.length > 0 && parts.every(({ isWhole }) => isWhole)) return parts;
  }
  return [];
};

/**
 * Things with a closed outline.
 *
 * @param different pixels that are not the lid.
 * @param gapMm breaks in an outline that are closed.
 */
export const rectanglesIn = (different: Mask, pxPerMm: number, gapMm: number): readonly Shape[] => {
  const closed = filled(close(different, Math.round(gapMm * pxPerMm)));
  const solid = open(closed, Math.round(STRIP_MM * pxPerMm));
  const components = componentsOf(solid, MIN_AREA_MM2 * pxPerMm ** 2);
  return components.flatMap((component) => {
    const shape = shapeOf(component);
    if (!isLargeEnough(shape.rectangle, pxPerMm)) return [];
    if (shape.isWhole) return [shape];
    const parts = partsOf(maskOf(solid, component), pxPerMm);
    if (parts.length > 0) return parts;
    return shape.share >= MIN_SHARE ? [shape] : [];
  });
};

/**
 * Where print lies together as on a card whose edges are as white as the lid: the card is as large as
 * cards are, around its print. A guess, for a person to mend.
 */
export const contentIn = (different: Mask, pxPerMm: number): readonly Shape[] => {
  const together = close(open(different, 1), Math.round(CONTENT_GAP_MM * pxPerMm));
  const list = componentsOf(together, (MIN_AREA_MM2 / 4) * pxPerMm ** 2);
  return list.flatMap((component) => {
    const { rectangle } = shapeOf(component);
    const isWide = rectangle.width >= rectangle.height;
    const long = Math.max(rectangle.width, rectangle.height) / pxPerMm;
    const short = Math.min(rectangle.width, rectangle.height) / pxPerMm;
    const size = CARD_SIZES.find(
      ({ longMm, shortMm }) =>
        long <= longMm + CONTENT_GAP_MM &&
        short <= shortMm + CONTENT_GAP_MM &&
        long >= PRINTED_SHARE * longMm &&
        short >= PRINTED_SHARE * shortMm,
    );
    if (size === undefined) return [];
    const width = (isWide ? size.longMm : size.shortMm) * pxPerMm;
    const height = (isWide ? size.shortMm : size.longMm) * pxPerMm;
    return [{ rectangle: { ...rectangle, width, height }, isWhole: false }];
  });
};
