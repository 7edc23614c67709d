/** A number as a QR code beside itself, so that nobody must copy it by hand. Must never hold anything of a person. */
import type { ReactNode } from 'react';
import { encodeQr } from './encode.ts';

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** Light places around the code. Source: ISO/IEC 18004 §6.3.8. */
const QUIET_ZONE = 4;

/** A drawing in black on white whatever the theme, as scanners want it; nothing for a text that has no code. */
export const QrCode = ({ text, label }: QrCodeProps): ReactNode => {
  const grid = encodeQr(text);
  if (grid === null) return null;
  const side = grid.size + 2 * QUIET_ZONE;
  const places = Array.from({ length: grid.size ** 2 }, (_, at) => ({
    x: at % grid.size,
    y: Math.floor(at / grid.size),
  })).filter(({ x, y }) => grid.isDark(x, y));
  const dark = places.map(({ x, y }) => `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`).join('');
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      data-qr={text}
      shapeRendering="crispEdges"
    >
      <rect className="qr-light" width={side} height={side} />
      <path className="qr-dark" d={dark} />
    </svg>
  );
};
