/** Shows the document of a picture straightened and alone, by a transform: no pixel is touched or copied. */
import type { ReactNode } from 'react';
import { sidesOf, type Point } from '../vision/geometry.ts';
import { invert, squareToQuad } from '../vision/homography.ts';
import type { Outline } from '../vision/outline.ts';

/** The most the view takes: the height of the lowest frame it stands in (styles/review.css). CSS pixels. */
const MOST = { widthPx: 232, heightPx: 150 };
/** Width of the picture before it is transformed, CSS pixels. */
const PICTURE_PX = 1000;

interface StraightViewProps {
  readonly url: string;
  readonly alt: string;
  readonly outline: Outline;
  /** Of the picture. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The size of the view and the CSS transform that brings the document into it. */
export const straighten = (outline: Outline, widthPx: number, heightPx: number) => {
  const high = (PICTURE_PX * heightPx) / widthPx;
  const at = ({ x, y }: Point): Point => ({ x: x * PICTURE_PX, y: y * high });
  const quad = [at(outline[0]), at(outline[1]), at(outline[2]), at(outline[3])] as const;
  const [top, right, bottom, left] = sidesOf(quad);
  const across = (top + bottom) / 2;
  const down = (right + left) / 2;
  const scale = Math.min(MOST.widthPx / across, MOST.heightPx / down);
  const width = scale * across;
  const height = scale * down;
  const [a, b, c, d, e, f, g, h, i] = invert(squareToQuad(quad));
  // Column by column; z stays as it is. CSS divides by what the last row gives.
  const matrix = [
    [a * width, d * height, 0, g],
    [b * width, e * height, 0, h],
    [0, 0, 1, 0],
    [c * width, f * height, 0, i],
  ].flatMap((column) => column.map((value) => value / i));
  return { width, height, pictureHeight: high, matrix };
};

/** The document of the outline, as a scanner would show it. Sizes are set by script: the markup has no styles. */
export const StraightView = ({
  url,
  alt,
  outline,
  widthPx,
  heightPx,
}: StraightViewProps): ReactNode => {
  const { width, height, pictureHeight, matrix } = straighten(outline, widthPx, heightPx);
  const fitView = (view: HTMLElement | null): void => {
    if (view === null) return;
    view.style.width = `${width}px`;
    view.style.height = `${height}px`;
  };
  const fitPicture = (picture: HTMLElement | null): void => {
    if (picture === null) return;
    picture.style.width = `${PICTURE_PX}px`;
    picture.style.height = `${pictureHeight}px`;
    picture.style.transform = `matrix3d(${matrix.join(',')})`;
  };
  return (
    <div className="straight-view" ref={fitView}>
      <img src={url} alt={alt} draggable={false} ref={fitPicture} />
    </div>
  );
};
