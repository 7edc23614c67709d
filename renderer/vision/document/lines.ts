/** Finds the straight lines of a frame and how well each is supported along its way. */
import { ANGLES, type Edges } from './edges.ts';
import { scratchFloats } from './scratch.ts';

/** x·cos + y·sin = rho; the position along it is u = −x·sin + y·cos. */
export interface Line {
  readonly cos: number;
  readonly sin: number;
  readonly rho: number;
  /** Of the normal, degrees, 0…180. */
  readonly angleDeg: number;
  /** Running sum of support along the line: prefix[u + offset]. */
  readonly prefix: Float32Array;
  readonly offset: number;
  /** Where the middle nine tenths of its support lie. */
  readonly from: number;
  readonly to: number;
}

/** Strongest lines kept: a bound on the search. Down to 48 finds the same documents, 40 loses the first. */
const MAX_LINES = 64;
/** Peaks looked at before that. */
const MAX_PEAKS = 240;
/** A line needs this share of the shorter side of the frame. */
const MIN_VOTES = 0.035;
/** Votes over neighbouring directions: an edge pixel knows its direction to about 3°. */
const SPREAD = [0.4, 0.7, 0.95, 1, 0.95, 0.7, 0.4] as const;
const REACH = 3;

/** An edge pixel belongs to a line this near and this parallel. */
const NEAR_PX = 1.6;
const PARALLEL_DEG = 14;
/** A line that shares more of its edge pixels with stronger ones is one of them seen twice. */
const MIN_FRESH = 0.5;
/** Most peaks are such: every third place tells. */
const GLANCE = 3;
/** And every second one is enough to lay a line through. */
const EVERY_OTHER = 2;

const votesOf = scratchFloats();

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const COS = Float32Array.from({ length: ANGLES }, (_, angle) => Math.cos(radians(angle)));
const SIN = Float32Array.from({ length: ANGLES }, (_, angle) => Math.sin(radians(angle)));

interface Peak {
  readonly votes: number;
  readonly angle: number;
  readonly rho: number;
}

/** Whether a near direction has more votes for about the same line. */
const isBeaten = (votes: Float32Array, rows: number, at: number): boolean => {
  const here = votes[at] ?? 0;
  for (let turn = -2; turn <= 2; turn += 1)
    for (let shift = -2; shift <= 2; shift += 1)
      if ((votes[at + turn * rows + shift] ?? 0) > here) return true;
  return false;
};

const peaksOf = (edges: Edges, widthPx: number, heightPx: number): Peak[] => {
  const diagonal = Math.ceil(Math.hypot(widthPx, heightPx));
  const rows = 2 * diagonal + 2;
  const votes = votesOf(ANGLES * rows).fill(0);
  for (let edge = 0; edge < edges.count; edge += 1) {
    const x = edges.x[edge] ?? 0;
    const y = edges.y[edge] ?? 0;
    const strength = edges.weight[edge] ?? 0;
    const middle = Math.round(edges.angle[edge] ?? 0);
    for (let turn = -REACH; turn <= REACH; turn += 1) {
      let angle = middle + turn;
      if (angle < 0) angle += ANGLES;
      else if (angle >= ANGLES) angle -= ANGLES;
      const rho = x * (COS[angle] ?? 0) + y * (SIN[angle] ?? 0) + diagonal;
      const low = Math.trunc(rho);
      const at = angle * rows + low;
      const vote = strength * (SPREAD[turn + REACH] ?? 0);
      const next = vote * (rho - low);
      votes[at] = (votes[at] ?? 0) + vote - next;
      votes[at + 1] = (votes[at + 1] ?? 0) + next;
    }
  }
  const least = MIN_VOTES * Math.min(widthPx, heightPx);
  const peaks: Peak[] = [];
  for (let angle = 0; angle < ANGLES; angle += 1)
    for (let at = angle * rows + 2; at < (angle + 1) * rows - 2; at += 1) {
      const here = votes[at] ?? 0;
      // Its neighbours have no more than it has.
      if (here < least / 2) continue;
      const before = votes[at - 1] ?? 0;
      const after = votes[at + 1] ?? 0;
      const sum = here + 0.5 * (before + after);
      if (sum < least || here < before || here <= after) continue;
      if (isBeaten(votes, rows, at)) continue;
      peaks.push({ votes: sum, angle, rho: at - angle * rows - diagonal });
    }
  return peaks.toSorted((one, other) => other.votes - one.votes).slice(0, MAX_PEAKS);
};

interface Course {
  readonly cos: number;
  readonly sin: number;
  readonly rho: number;
  readonly angleDeg: number;
}

const courseOf = (angleDeg: number, rho: number): Course => ({
  cos: Math.cos(radians(angleDeg)),
  sin: Math.sin(radians(angleDeg)),
  rho,
  angleDeg,
});

/** Edge pixels of one line, for as long as the next is looked at. */
interface Members {
  readonly edge: Int32Array;
  readonly along: Float32Array;
  readonly apart: Float32Array;
  count: number;
}

/** Collects the edge pixels on a line, walking along it, at every `stride`-th place. */
const gather = (edges: Edges, course: Course, stride: number, into: Members): void => {
  const { cos, sin, rho, angleDeg } = course;
  const { widthPx: w, heightPx: h, angle: angles, at: edgeAt } = edges;
  const { edge: edgesOfLine, along, apart } = into;
  const isLevel = Math.abs(sin) > Math.abs(cos);
  /** Along the line, and across it. */
  const places = isLevel ? w : h;
  const last = (isLevel ? h : w) - 1;
  const placeStep = isLevel ? 1 : w;
  const acrossStep = isLevel ? w : 1;
  /** Of the normal along both: d = across · steep + place · flat − rho. */
  const steep = isLevel ? sin : cos;
  const flat = isLevel ? cos : sin;
  const reach = NEAR_PX / Math.abs(steep);
  let count = 0;
  for (let place = 0; place < places; place += stride) {
    const middle = (rho - flat * place) / steep;
    const from = Math.ceil(middle - reach);
    const to = Math.min(last, Math.floor(middle + reach));
    for (let across = from > 0 ? from : 0; across <= to; across += 1) {
      const edge = edgeAt[place * placeStep + across * acrossStep] ?? -1;
      if (edge < 0) continue;
      const turn = Math.abs((angles[edge] ?? 0) - angleDeg);
      if (turn > PARALLEL_DEG && turn < ANGLES - PARALLEL_DEG) continue;
      edgesOfLine[count] = edge;
      along[count] = isLevel ? across * cos - place * sin : place * cos - across * sin;
      apart[count] = (across - middle) * steep;
      count += 1;
    }
  }
  into.count = count;
};

/** Weighted least squares through the edge pixels of a line; a peak is a degree and a pixel coarse. */
const fitted = (edges: Edges, line: Course, { edge, along, apart, count }: Members): Course => {
  let sum = 0;
  let su = 0;
  let sd = 0;
  let suu = 0;
  let sud = 0;
  for (let at = 0; at < count; at += 1) {
    const weight = edges.weight[edge[at] ?? 0] ?? 0;
    const u = along[at] ?? 0;
    const d = apart[at] ?? 0;
    sum += weight;
    su += weight * u;
    sd += weight * d;
    suu += weight * u * u;
    sud += weight * u * d;
  }
  const spread = sum * suu - su * su;
  if (sum === 0 || spread < 1) return line;
  const slope = (sum * sud - su * sd) / spread;
  const rise = (sd - slope * su) / sum;
  // d = rise + slope·u is a turn by −atan(slope) of the normal.
  const lean = Math.atan(slope);
  const angleDeg = line.angleDeg - (lean * 180) / Math.PI;
  const rho = (line.rho + rise) * Math.cos(lean);
  if (angleDeg < 0) return courseOf(angleDeg + ANGLES, -rho);
  return angleDeg < ANGLES ? courseOf(angleDeg, rho) : courseOf(angleDeg - ANGLES, -rho);
};

const supported = (
  edges: Edges,
  course: Course,
  { edge, along, count }: Members,
  offset: number,
): Line => {
  const length = 2 * offset + 2;
  const support = new Float32Array(length);
  for (let member = 0; member < count; member += 1) {
    const at = Math.round(along[member] ?? 0) + offset;
    const weight = edges.weight[edge[member] ?? 0] ?? 0;
    if (weight > (support[at] ?? 0)) support[at] = weight;
  }
  const prefix = new Float32Array(length + 1);
  let sum = 0;
  for (let at = 0; at < length; at += 1) {
    let here = support[at] ?? 0;
    // A gap of one pixel is a rounding, not a gap.
    if (here === 0) here = Math.min(support[at - 1] ?? 0, support[at + 1] ?? 0);
    sum += here;
    prefix[at + 1] = sum;
  }
  let from = 0;
  while (from < length && (prefix[from] ?? 0) < sum * 0.05) from += 1;
  let to = length;
  while (to > 0 && (prefix[to] ?? 0) > sum * 0.95) to -= 1;
  return { ...course, prefix, offset, from: from - offset, to: to - offset };
};

/** Share of the line's edge pixels that no stronger line has taken. */
const freshShare = (edges: Edges, taken: Uint8Array, { edge, count }: Members): number => {
  let all = 0;
  let fresh = 0;
  for (let at = 0; at < count; at += 1) {
    const weight = edges.weight[edge[at] ?? 0] ?? 0;
    all += weight;
    if (taken[edge[at] ?? 0] === 0) fresh += weight;
  }
  return all === 0 ? 0 : fresh / all;
};

/** The strongest lines of a frame, at most MAX_LINES. */
export const linesOf = (edges: Edges, widthPx: number, heightPx: number): Line[] => {
  const diagonal = Math.ceil(Math.hypot(widthPx, heightPx));
  const members = {
    edge: new Int32Array(edges.count),
    along: new Float32Array(edges.count),
    apart: new Float32Array(edges.count),
    count: 0,
  };
  const taken = new Uint8Array(edges.count);
  const lines: Line[] = [];
  for (const { angle, rho } of peaksOf(edges, widthPx, heightPx)) {
    const coarse = courseOf(angle, rho);
    gather(edges, coarse, GLANCE, members);
    if (freshShare(edges, taken, members) < MIN_FRESH) continue;
    gather(edges, coarse, EVERY_OTHER, members);
    const course = fitted(edges, coarse, members);
    gather(edges, course, 1, members);
    if (freshShare(edges, taken, members) < MIN_FRESH) continue;
    for (let at = 0; at < members.count; at += 1) taken[members.edge[at] ?? 0] = 1;
    lines.push(supported(edges, course, members, diagonal));
    if (lines.length === MAX_LINES) break;
  }
  return lines;
};

/** Support of a stretch of a line in weighted pixels. */
export const massOf = ({ prefix, offset }: Line, from: number, to: number): number => {
  const last = prefix.length - 1;
  const low = Math.max(0, Math.min(last, Math.round(Math.min(from, to) + offset)));
  const high = Math.max(0, Math.min(last, Math.round(Math.max(from, to) + offset)));
  return (prefix[high] ?? 0) - (prefix[low] ?? 0);
};

/** Share of a stretch that is supported, 0…1. */
export const supportOf = (line: Line, from: number, to: number): number => {
  const length = Math.abs(to - from);
  return length < 1 ? 0 : Math.min(1, massOf(line, from, to) / length);
};
