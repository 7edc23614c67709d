/**
 * A scanned page with what was found on it. The chosen part has handles: dragged, or moved with the
 * arrow keys. Must never change what it shows by itself: every move is told.
 */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { PageQuad } from '../../preload/contract/scanner-channels.ts';
import type { ShownPage } from '../flow/scan-actors.ts';
import type { ScanPart } from '../flow/scan-plan.ts';
import { useI18n } from '../i18n/i18n.tsx';
import {
  CORNER_INDEXES,
  turnedBy,
  turnedTowards,
  turnHandleOf,
  withCorner,
  type CornerIndex,
} from './page-geometry.ts';

interface PagePictureProps {
  readonly page: ShownPage;
  /** Parts of this page, with their index among all. */
  readonly parts: readonly { readonly part: ScanPart; readonly index: number }[];
  /** Of the part with handles; null for none. */
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
  readonly onMove: (index: number, quad: PageQuad) => void;
}

/** What the arrow keys do, as directions. */
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** One press of a key: a millimetre, or a fifth of one with Shift. */
const KEY_STEP_MM = 1;
const FINE_SHARE = 0.2;
const KEY_TURN_RAD = Math.PI / 360;
/** Sizes on the page as shares of its longer side: a handle is as large as a finger on any screen. */
const HANDLE_SHARE = 1 / 42;
const TURN_AWAY_SHARE = 1 / 18;

const pointsOf = (quad: PageQuad): string => quad.map(({ x, y }) => `${x},${y}`).join(' ');

interface HandleProps {
  readonly name: string;
  readonly label: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly radius: number;
  readonly onDrag: (to: { readonly x: number; readonly y: number }) => void;
  readonly onArrow: (x: number, y: number) => void;
}

/** One handle. It is a slider to those who do not see it: arrow keys move it. */
const Handle = ({ name, label, at, radius, onDrag, onArrow }: HandleProps): ReactNode => {
  const isDragged = useRef(false);
  const place = (event: PointerEvent<SVGCircleElement>): void => {
    const { ownerSVGElement } = event.currentTarget;
    const toPage = ownerSVGElement?.getScreenCTM()?.inverse();
    if (toPage === undefined) return;
    onDrag(new DOMPoint(event.clientX, event.clientY).matrixTransform(toPage));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    const share = event.shiftKey ? FINE_SHARE : 1;
    onArrow(arrow[0] * share, arrow[1] * share);
  };
  return (
    <circle
      className="page-handle"
      data-handle={name}
      cx={at.x}
      cy={at.y}
      r={radius}
      tabIndex={0}
      role="slider"
      aria-label={label}
      aria-valuenow={Math.round(at.x)}
      aria-valuetext={`${Math.round(at.x)}, ${Math.round(at.y)}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        isDragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (isDragged.current) place(event);
      }}
      onPointerUp={() => {
        isDragged.current = false;
      }}
      onPointerCancel={() => {
        isDragged.current = false;
      }}
    />
  );
};

/** The page, its parts, and handles on the chosen one. */
export const PagePicture = ({
  page,
  parts,
  chosen,
  onChoose,
  onMove,
}: PagePictureProps): ReactNode => {
  const { t } = useI18n();
  const { widthPx, heightPx, url, dpi } = page;
  const longPx = Math.max(widthPx, heightPx);
  const radius = longPx * HANDLE_SHARE;
  const stepPx = (KEY_STEP_MM * dpi) / 25.4;
  const held = parts.find(({ index }) => index === chosen);
  return (
    <svg
      className="page-picture"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      role="group"
      aria-label={t('scan.picture')}
    >
      <image href={url} width={widthPx} height={heightPx} />
      {parts.map(({ part, index }) => (
        <polygon
          key={part.partId}
          className={part.step === null ? 'page-part page-part-unused' : 'page-part'}
          data-part={index}
          data-step={part.step ?? undefined}
          points={pointsOf(part.quad)}
          onPointerDown={() => onChoose(index)}
        />
      ))}
      {parts.map(({ part: { partId, quad }, index }) => (
        <text
          key={partId}
          className="page-number"
          x={(quad[0].x + quad[2].x) / 2}
          y={(quad[0].y + quad[2].y) / 2}
          fontSize={longPx / 16}
          aria-hidden="true"
        >
          {index + 1}
        </text>
      ))}
      {held !== undefined && (
        <>
          {CORNER_INDEXES.map((corner: CornerIndex) => (
            <Handle
              key={corner}
              name={`corner-${corner}`}
              label={t(`scan.corner.${corner}`)}
              at={held.part.quad[corner]}
              radius={radius}
              onDrag={(to) => onMove(held.index, withCorner(held.part.quad, corner, to))}
              onArrow={(x, y) => {
                const from = held.part.quad[corner];
                const to = { x: from.x + x * stepPx, y: from.y + y * stepPx };
                onMove(held.index, withCorner(held.part.quad, corner, to));
              }}
            />
          ))}
          <Handle
            name="turn"
            label={t('scan.turn')}
            at={turnHandleOf(held.part.quad, longPx * TURN_AWAY_SHARE)}
            radius={radius}
            onDrag={(to) => onMove(held.index, turnedTowards(held.part.quad, to))}
            onArrow={(x, y) => onMove(held.index, turnedBy(held.part.quad, (x + y) * KEY_TURN_RAD))}
          />
        </>
      )}
    </svg>
  );
};
