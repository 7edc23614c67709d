/**
 * Owns the hair of the drawn portrait, as SVG content in canvas units.
 * Never draws skin.
 */
import type { FaceLook } from './face.ts';
import { FACE } from './face-relief.ts';
import { createPrng } from './prng.ts';

/** Two cubic curves in a row: start, then three points each. Fourteen numbers. */
type Edge = readonly number[];

function edge(points: string): Edge {
  return points.split(' ').map(Number);
}

function cubics(edge: Edge): string {
  const [x, y, ...rest] = edge.map((value) => value.toFixed(1));
  return `M${x} ${y}C${rest.slice(0, 6).join(' ')}C${rest.slice(6).join(' ')}`;
}

function reversed(edge: Edge): Edge {
  return edge.flatMap((_, index) =>
    index % 2 === 0 ? [edge.at(-index - 2) ?? 0, edge.at(-index - 1) ?? 0] : [],
  );
}

/** A lock of hair lies between two edges; its strands are mixtures of the two. */
interface Lock {
  readonly outer: Edge;
  readonly inner: Edge;
  readonly strandCount: number;
}

function outline({ outer, inner }: Lock): string {
  return `${cubics(outer)}${cubics(reversed(inner)).replace('M', 'L')}Z`;
}

function strands(lock: Lock, look: FaceLook, purpose: string): string {
  const random = createPrng(look.strandSeed, purpose);
  let dark = '';
  let light = '';
  for (let index = 0; index < lock.strandCount; index += 1) {
    const mix = random.next();
    const bend = random.between(-0.06, 0.06);
    const strand = lock.outer.map((value, at) => {
      const share = Math.min(1, Math.max(0, mix + (at < 6 ? 0 : bend)));
      return value + ((lock.inner[at] ?? 0) - value) * share;
    });
    if (random.next() < 0.55) dark += cubics(strand);
    else light += cubics(strand);
  }
  return `<g fill="none" stroke-width="2.1"><path d="${dark}" stroke="#000" stroke-opacity="0.2"/><path d="${light}" stroke="#ffe6c8" stroke-opacity="0.13"/></g>`;
}

const DEFS =
  '<defs><radialGradient id="sheen" gradientUnits="userSpaceOnUse" cx="262" cy="170" r="330"><stop offset="0" stop-color="#fff" stop-opacity="0.3"/><stop offset="0.5" stop-color="#fff" stop-opacity="0.03"/><stop offset="1" stop-color="#000" stop-opacity="0.35"/></radialGradient></defs>';

function drawLocks(locks: readonly Lock[], look: FaceLook, purpose: string): string {
  const drawn = locks.map((lock, index) => {
    const mass = outline(lock);
    return `<path d="${mass}" fill="${look.hairColour}" stroke="${look.hairColour}" stroke-opacity="0.4" stroke-width="3.4"/><path d="${mass}" fill="url(#sheen)"/>${strands(lock, look, `${purpose}-${index}`)}`;
  });
  return DEFS + drawn.join('');
}

/** Hair that falls behind face and neck. */
export function hairBehind(look: FaceLook): string {
  if (look.hair === 'short') return '';
  const half = (side: -1 | 1): Lock => {
    const at = (dx: number) => FACE.centreX + side * dx;
    return {
      outer: edge(
        `${at(0)} 56 ${at(150)} 56 ${at(232)} 190 ${at(234)} 360 ${at(236)} 520 ${at(262)} 640 ${at(236)} 770`,
      ),
      inner: edge(
        `${at(0)} 90 ${at(20)} 200 ${at(60)} 300 ${at(60)} 420 ${at(60)} 560 ${at(60)} 700 ${at(40)} 830`,
      ),
      strandCount: 60,
    };
  };
  const shade = [half(-1), half(1)].map(outline).join('');
  return `${drawLocks([half(-1), half(1)], look, 'behind')}<path d="${shade}" fill="#000" fill-opacity="0.3"/>`;
}

function longLocks(look: FaceLook): readonly Lock[] {
  const part = FACE.centreX - 36;
  const half = (side: -1 | 1): Lock => {
    const at = (dx: number) => FACE.centreX + side * (look.shape.halfWidth + dx);
    return {
      outer: edge(
        `${part} 62 ${part + side * 90} 46 ${at(14)} 110 ${at(30)} 260 ${at(46)} 380 ${at(40)} 540 ${at(52)} 720`,
      ),
      inner: edge(
        `${part} 186 ${at(-50)} 262 ${at(-4)} 380 ${at(-3)} 480 ${at(-2)} 570 ${at(10)} 650 ${at(30)} 740`,
      ),
      strandCount: 130,
    };
  };
  return [half(-1), half(1)];
}

function shortLocks(look: FaceLook): readonly Lock[] {
  const left = FACE.centreX - look.shape.halfWidth;
  const right = FACE.centreX + look.shape.halfWidth;
  return [
    {
      outer: edge(
        `${left + 62} 142 ${left + 44} 150 ${left - 4} 190 ${left - 14} 260 ${left - 20} 320 ${left - 12} 380 ${left - 4} 430`,
      ),
      inner: edge(
        `${left + 84} 226 ${left + 62} 234 ${left + 40} 262 ${left + 28} 306 ${left + 14} 346 ${left + 8} 392 ${left - 2} 430`,
      ),
      strandCount: 90,
    },
    {
      outer: edge(
        `${left + 48} 150 ${left + 110} 66 ${right - 130} 48 ${right - 62} 118 ${right + 20} 196 ${right + 24} 320 ${right + 4} 430`,
      ),
      inner: edge(
        `${left + 68} 238 ${left + 130} 196 ${FACE.centreX + 20} 244 ${right - 104} 246 ${right - 50} 258 ${right - 14} 340 ${right + 2} 430`,
      ),
      strandCount: 170,
    },
  ];
}

/** Hair that frames the forehead. */
export function fringe(look: FaceLook): string {
  return drawLocks(look.hair === 'short' ? shortLocks(look) : longLocks(look), look, 'fringe');
}
