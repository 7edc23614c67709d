/**
 * Owns the form of the drawn head: a height field over the portrait's canvas and the light that falls on it.
 * Never colours anything: it returns how bright each point is.
 */

/** The portrait's canvas, units of all geometry of the face: 35 mm × 45 mm at 20 units a millimetre. */
export const FACE_CANVAS = { width: 700, height: 900 } as const;

/** What differs between heads. All in canvas units. */
export interface HeadShape {
  /** Half the width of the head at the cheekbones; 196–220. */
  readonly halfWidth: number;
  /** Half the width of the chin; 80–115. */
  readonly halfChin: number;
  /** Lower end of the chin; 735–765. */
  readonly chinY: number;
  /** Half the distance between the nostrils' outer edges; 36–48. */
  readonly halfNose: number;
  /** How far the nose stands out; 38–56. */
  readonly noseHeight: number;
  /** Half the distance between the pupils; 92–102. */
  readonly halfEyes: number;
}

/** Fixed landmarks, canvas units. */
export const FACE = { centreX: 350, crownY: 116, eyeY: 430, noseY: 556, mouthY: 634 } as const;

/** Half the width of the head at height `y`: widest at the cheekbones, tapering to the chin; 0 outside. */
function halfWidthAt(y: number, shape: HeadShape): number {
  if (y < FACE.crownY || y > shape.chinY) return 0;
  const widestY = 440;
  if (y <= widestY) {
    const t = (widestY - y) / (widestY - FACE.crownY);
    return shape.halfWidth * Math.sqrt(Math.max(0, 1 - t ** 2.15));
  }
  const t = (y - widestY) / (shape.chinY - widestY);
  const jaw = shape.halfWidth + (shape.halfChin - shape.halfWidth) * t ** 1.75;
  /** The last quarter rounds the chin off. */
  const round = t < 0.72 ? 1 : Math.sqrt(Math.max(0, 1 - ((t - 0.72) / 0.28) ** 2.6));
  return jaw * round;
}

/** Outline of face, as SVG path data; `inflate` widens it. */
export function headOutline(shape: HeadShape, inflate = 0): string {
  const left: string[] = [];
  const right: string[] = [];
  for (let y = FACE.crownY; y <= shape.chinY; y += 5) {
    const half = halfWidthAt(y, shape) + inflate;
    right.push(`${(FACE.centreX + half).toFixed(1)} ${y}`);
    left.push(`${(FACE.centreX - half).toFixed(1)} ${y}`);
  }
  return `M${right.join('L')}L${left.toReversed().join('L')}Z`;
}

/** A soft bump (or, negative, a dent): centre, spread and height. */
type Bump = readonly [x: number, y: number, spreadX: number, spreadY: number, height: number];

function bumpsOf(shape: HeadShape): readonly Bump[] {
  const { eyeY, noseY, mouthY } = FACE;
  const both = (dx: number, y: number, sx: number, sy: number, height: number): readonly Bump[] => [
    [-dx, y, sx, sy, height],
    [dx, y, sx, sy, height],
  ];
  const nose = shape.noseHeight;
  return [
    ...both(shape.halfEyes, eyeY - 52, 62, 20, 12),
    ...both(shape.halfEyes - 4, eyeY, 52, 26, -26),
    ...both(shape.halfEyes, eyeY + 2, 27, 20, 12),
    ...both(shape.halfEyes + 26, eyeY + 78, 52, 48, 13),
    ...both(shape.halfNose - 4, noseY + 4, 13, 14, 17),
    ...both(shape.halfNose + 34, noseY + 52, 16, 44, -5),
    ...both(150, 640, 40, 70, -9),
    [0, eyeY - 4, 26, 34, 14],
    [0, eyeY + 48, 21, 56, nose * 0.42],
    [0, noseY - 26, 24, 36, nose * 0.5],
    [0, noseY - 4, 22, 18, nose * 0.5],
    [0, noseY + 36, 9, 16, -6],
    [0, mouthY - 15, 44, 10, 9],
    [0, mouthY + 20, 38, 13, 13],
    [0, mouthY + 2, 40, 5, -6],
    [0, mouthY + 50, 44, 11, -9],
    [0, shape.chinY - 42, 46, 26, 15],
    [0, 240, 120, 60, 10],
  ];
}

const LIGHT = { x: -0.42, y: -0.5, z: 0.757 } as const;
/** Half-way vector between light and viewer, for the soft shine of skin. */
const SHINE = { x: -0.224, y: -0.267, z: 0.937 } as const;

/**
 * Brightness factor for each pixel of a canvas scaled to `widthPx` × `heightPx` (1 = as painted).
 * The neck is a cylinder in the shadow of the chin.
 */
export function shadeHead(shape: HeadShape, widthPx: number, heightPx: number): Float32Array {
  const scale = FACE_CANVAS.width / widthPx;
  const height = new Float32Array(widthPx * heightPx);
  /** A Gaussian is a product of one in x and one in y: no exponential for each pixel. */
  const bumps = bumpsOf(shape).map(([bx, by, spreadX, spreadY, amount]) => ({
    by,
    spreadY,
    profile: Float32Array.from({ length: widthPx }, (_, column) => {
      const dx = ((column + 0.5) * scale - FACE.centreX - bx) / spreadX;
      return amount * Math.exp(-0.5 * dx * dx);
    }),
  }));
  for (let row = 0; row < heightPx; row += 1) {
    const y = (row + 0.5) * scale;
    const half = Math.max(1, halfWidthAt(Math.min(y, shape.chinY - 6), shape) + 8);
    const rise = 175 * (0.35 + 0.65 * Math.sqrt(Math.max(0, 1 - ((y - 440) / 335) ** 2)));
    const line = height.subarray(row * widthPx, (row + 1) * widthPx);
    for (let column = 0; column < widthPx; column += 1) {
      const u = Math.min(1, Math.abs((column + 0.5) * scale - FACE.centreX) / half);
      line[column] = rise * Math.sqrt(Math.max(0.0001, 1 - u * u * Math.sqrt(u)));
    }
    for (const { by, spreadY, profile } of bumps) {
      const dy = (y - by) / spreadY;
      if (Math.abs(dy) > 4.5) continue;
      const factor = Math.exp(-0.5 * dy * dy);
      for (let column = 0; column < widthPx; column += 1) {
        line[column] = (line[column] ?? 0) + factor * (profile[column] ?? 0);
      }
    }
  }
  return lit(height, widthPx, heightPx, scale, shape);
}

function lit(
  height: Float32Array,
  widthPx: number,
  heightPx: number,
  scale: number,
  shape: HeadShape,
): Float32Array {
  const shade = new Float32Array(widthPx * heightPx).fill(1);
  for (let row = 1; row < heightPx - 1; row += 1) {
    const y = row * scale;
    const half = halfWidthAt(y, shape);
    for (let column = 1; column < widthPx - 1; column += 1) {
      const index = row * widthPx + column;
      if (y > 640 && Math.abs(column * scale - FACE.centreX) >= half) {
        const x = (column * scale - FACE.centreX) / 130;
        shade[index] = 0.9 - 0.2 * x - 0.3 * x * x;
        continue;
      }
      const nx = ((height[index - 1] ?? 0) - (height[index + 1] ?? 0)) / (2 * scale);
      const ny = ((height[index - widthPx] ?? 0) - (height[index + widthPx] ?? 0)) / (2 * scale);
      const length = Math.sqrt(nx * nx + ny * ny + 1);
      const diffuse = (nx * LIGHT.x + ny * LIGHT.y + LIGHT.z) / length;
      const fill = (nx * 0.6 + 0.8) / length;
      const half2 = Math.max(0, (nx * SHINE.x + ny * SHINE.y + SHINE.z) / length) ** 2;
      const half8 = half2 * half2 * half2 * half2;
      shade[index] =
        0.32 + 0.56 * Math.max(0, diffuse) + 0.2 * Math.max(0, fill) + 0.06 * half8 * half8;
    }
  }
  return shade;
}
