/**
 * Owns the painted layers of the portrait as SVG content in canvas units: what lies behind the head,
 * the skin, and what lies on it. Never shades the head: face-relief.ts does.
 */
import type { FaceLook } from './face.ts';
import { FACE, FACE_CANVAS, headOutline } from './face-relief.ts';
import { fringe, hairBehind } from './face-hair.ts';

const { centreX, eyeY, noseY, mouthY } = FACE;

function blur(id: string, deviation: number): string {
  return `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
}

/** A soft spot without a blur filter, which costs ten times as much. */
function glow(id: string, colour: string, opacity: number): string {
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/><stop offset="0.5" stop-color="${colour}" stop-opacity="${opacity * 0.5}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
}

/** Mirror content drawn for the left half (viewer's left) to both halves. */
function both(content: string): string {
  return `${content}<g transform="translate(${2 * centreX} 0) scale(-1 1)">${content}</g>`;
}

/** Backdrop, hair behind the neck, clothes. */
export function backLayer(look: FaceLook, transparent: boolean): string {
  const { width, height } = FACE_CANVAS;
  const backdrop = `<radialGradient id="bd" cx="0.42" cy="0.36" r="0.8"><stop offset="0" stop-color="#fff" stop-opacity="0.65"/><stop offset="1" stop-color="#8a97a3" stop-opacity="0.35"/></radialGradient><rect width="${width}" height="${height}" fill="${look.backdrop}"/><rect width="${width}" height="${height}" fill="url(#bd)"/>`;
  const shoulders =
    'M-10 910C10 850 60 815 140 795C200 780 246 772 268 748L432 748C454 772 500 780 560 795C640 815 690 850 710 910Z';
  return `<defs>${blur('fold', 5)}<linearGradient id="cloth" x1="0" y1="0" x2="1" y2="0.3"><stop offset="0" stop-color="#fff" stop-opacity="0.22"/><stop offset="0.5" stop-color="#fff" stop-opacity="0.03"/><stop offset="1" stop-color="#000" stop-opacity="0.35"/></linearGradient></defs>
${transparent ? '' : backdrop}${hairBehind(look)}
<path d="${shoulders}" fill="${look.clothes}"/><path d="${shoulders}" fill="url(#cloth)"/>
<g filter="url(#fold)" stroke="#000" stroke-opacity="0.28" stroke-width="7" fill="none"><path d="M150 905C165 860 190 830 210 815M560 905C545 865 520 835 500 820M300 905C305 880 312 865 330 850"/></g>`;
}

/** Neck, ears, face with blush and lips; no eyes. */
export function skinLayer(look: FaceLook): string {
  const { skin, lips, shape } = look;
  const ear = `<path d="M${centreX - shape.halfWidth + 8} 408C${centreX - shape.halfWidth - 26} 388 ${centreX - shape.halfWidth - 30} 440 ${centreX - shape.halfWidth - 18} 480C${centreX - shape.halfWidth - 10} 512 ${centreX - shape.halfWidth + 6} 520 ${centreX - shape.halfWidth + 14} 506Z" fill="${skin}"/><path d="M${centreX - shape.halfWidth - 2} 420C${centreX - shape.halfWidth - 20} 414 ${centreX - shape.halfWidth - 18} 462 ${centreX - shape.halfWidth - 4} 492" fill="none" stroke="#5a2a1c" stroke-opacity="0.45" stroke-width="6" filter="url(#s3)"/>`;
  const outline = headOutline(shape);
  const upperLip = `M${centreX - 64} ${mouthY + 1}C${centreX - 44} ${mouthY - 8} ${centreX - 24} ${mouthY - 19} ${centreX - 10} ${mouthY - 19}Q${centreX} ${mouthY - 14} ${centreX + 10} ${mouthY - 19}C${centreX + 24} ${mouthY - 19} ${centreX + 44} ${mouthY - 8} ${centreX + 64} ${mouthY + 1}Q${centreX} ${mouthY + 9} ${centreX - 64} ${mouthY + 1}Z`;
  const lowerLip = `M${centreX - 60} ${mouthY + 2}Q${centreX} ${mouthY + 10} ${centreX + 60} ${mouthY + 2}C${centreX + 40} ${mouthY + 26} ${centreX + 20} ${mouthY + 33} ${centreX} ${mouthY + 33}C${centreX - 20} ${mouthY + 33} ${centreX - 40} ${mouthY + 26} ${centreX - 60} ${mouthY + 2}Z`;
  const neck = 'M262 640L262 762Q300 838 350 846Q400 838 438 762L438 640Z';
  const shadowEnd = shape.chinY + 84;
  return `<defs>${blur('s2', 1.6)}${blur('s3', 3)}${glow('blush', lips, 0.34)}${glow('tip', lips, 0.28)}${glow('lid', '#6b3a2c', 0.34)}${glow('beard', '#3c3a40', 0.16)}<linearGradient id="under" gradientUnits="userSpaceOnUse" x1="330" y1="${shape.chinY - 30}" x2="372" y2="${shadowEnd}"><stop offset="0.1" stop-color="#3d1a10" stop-opacity="0.72"/><stop offset="1" stop-color="#4a2317" stop-opacity="0"/></linearGradient><clipPath id="face"><path d="${outline}"/></clipPath></defs>
<path d="${neck}" fill="${skin}"/><path d="${neck}" fill="url(#under)"/>
${both(ear)}
<path d="${outline}" fill="${skin}"/>
<g clip-path="url(#face)">
${both(`<ellipse cx="${centreX - 118}" cy="545" rx="120" ry="100" fill="url(#blush)"/>`)}
<ellipse cx="${centreX}" cy="${noseY - 4}" rx="66" ry="56" fill="url(#tip)"/>
${look.hair === 'short' ? `<ellipse cx="${centreX}" cy="${shape.chinY - 70}" rx="190" ry="130" fill="url(#beard)"/>` : ''}
${both(`<ellipse cx="${centreX - shape.halfEyes}" cy="${eyeY - 4}" rx="70" ry="42" fill="url(#lid)"/>`)}
<g filter="url(#s2)"><path d="${upperLip}" fill="${lips}"/><path d="${lowerLip}" fill="${lips}"/><path d="${lowerLip}" fill="#fff" fill-opacity="0.12"/></g>
<path d="M${centreX - 62} ${mouthY + 1}Q${centreX - 30} ${mouthY + 8} ${centreX} ${mouthY + 4}Q${centreX + 30} ${mouthY + 8} ${centreX + 62} ${mouthY + 1}" fill="none" stroke="#54211d" stroke-opacity="0.8" stroke-width="4" stroke-linecap="round" filter="url(#s2)"/>
${both(`<path d="M${centreX - 66} ${mouthY - 1}q-7 3 -8 9" fill="none" stroke="#54211d" stroke-opacity="0.5" stroke-width="5" stroke-linecap="round" filter="url(#s3)"/>`)}
${both(`<ellipse cx="${centreX - shape.halfNose * 0.5}" cy="${noseY + 15}" rx="11" ry="5.5" transform="rotate(-14 ${centreX - 20} ${noseY + 15})" fill="#3f1a14" fill-opacity="0.75" filter="url(#s2)"/><path d="M${centreX - shape.halfNose + 2} ${noseY - 14}q-9 16 2 29" fill="none" stroke="#5a2a1c" stroke-opacity="0.4" stroke-width="5" filter="url(#s3)"/>`)}
</g>`;
}

function eye(look: FaceLook): string {
  const x = centreX - look.shape.halfEyes;
  const lid = `M${x - 41} ${eyeY + 5}C${x - 26} ${eyeY - 17} ${x + 18} ${eyeY - 22} ${x + 38} ${eyeY + 8}C${x + 20} ${eyeY + 19} ${x - 22} ${eyeY + 20} ${x - 41} ${eyeY + 5}Z`;
  return `<clipPath id="lid"><path d="${lid}"/></clipPath><path d="${lid}" fill="#f1ece8"/>
<g clip-path="url(#lid)"><circle cx="${x}" cy="${eyeY - 1}" r="20" fill="${look.iris}"/><circle cx="${x}" cy="${eyeY - 1}" r="19" fill="none" stroke="#1d1512" stroke-opacity="0.6" stroke-width="3.5"/><circle cx="${x}" cy="${eyeY + 4}" r="12" fill="#fff" fill-opacity="0.16"/><circle cx="${x}" cy="${eyeY - 1}" r="9" fill="#0e0a09"/>
<path d="M${x - 46} ${eyeY - 4}C${x - 26} ${eyeY - 22} ${x + 18} ${eyeY - 26} ${x + 42} ${eyeY + 6}" fill="none" stroke="#2a1712" stroke-opacity="0.5" stroke-width="14" filter="url(#b3)"/><circle cx="${x + 34}" cy="${eyeY + 8}" r="5" fill="#c98d83" filter="url(#b1)"/></g>
<path d="M${x - 44} ${eyeY + 6}C${x - 28} ${eyeY - 18} ${x + 18} ${eyeY - 23} ${x + 39} ${eyeY + 8}" fill="none" stroke="#1f1411" stroke-width="${look.hair === 'long' ? 7 : 5}" stroke-linecap="round" filter="url(#b1)"/>
<path d="M${x - 38} ${eyeY + 9}C${x - 20} ${eyeY + 21} ${x + 20} ${eyeY + 20} ${x + 36} ${eyeY + 10}" fill="none" stroke="#5e3328" stroke-opacity="0.55" stroke-width="3" filter="url(#b1)"/>
<path d="M${x - 44} ${eyeY - 12}C${x - 24} ${eyeY - 35} ${x + 20} ${eyeY - 37} ${x + 42} ${eyeY - 8}" fill="none" stroke="#5e3328" stroke-opacity="0.42" stroke-width="4.5" filter="url(#b1)"/>
<path d="M${x - 30} ${eyeY + 34}Q${x} ${eyeY + 44} ${x + 34} ${eyeY + 26}" fill="none" stroke="#5e3328" stroke-opacity="0.22" stroke-width="7" filter="url(#b3)"/>`;
}

function brow(look: FaceLook): string {
  const x = centreX - look.shape.halfEyes;
  const y = eyeY - 62;
  const path = `M${x + 50} ${y + 10}C${x + 26} ${y - 6} ${x - 18} ${y - 12} ${x - 60} ${y + 14}`;
  const strands = Array.from({ length: 26 }, (_, index) => {
    const t = index / 25;
    const bx = x + 50 - 108 * t;
    const by = y + 12 - 46 * t * (1 - t) * 1.15 + 4 * t;
    const rise = look.browWidth * (1 - 0.6 * t);
    return `M${bx.toFixed(1)} ${by.toFixed(1)}q${(-4 - 6 * t).toFixed(1)} ${(-rise).toFixed(1)} ${(-12 - 4 * t).toFixed(1)} ${(-rise * 0.9).toFixed(1)}`;
  }).join('');
  return `<path d="${path}" fill="none" stroke="${look.hairColour}" stroke-opacity="0.55" stroke-width="${look.browWidth}" stroke-linecap="round" filter="url(#b3)"/><path d="${strands}" fill="none" stroke="${look.hairColour}" stroke-opacity="0.75" stroke-width="2.6" stroke-linecap="round"/>`;
}

/** Eyes, brows, hair over the forehead. The catch-lights are not mirrored: there is one window. */
export function frontLayer(look: FaceLook): string {
  const catchLights = [-1, 1]
    .map(
      (side) =>
        `<circle cx="${centreX + side * look.shape.halfEyes - 6}" cy="${eyeY - 8}" r="4.4" fill="#fff" fill-opacity="0.92"/>`,
    )
    .join('');
  return `<defs>${blur('b1', 1)}${blur('b3', 3)}</defs>${both(eye(look))}${catchLights}${both(brow(look))}${fringe(look)}`;
}
