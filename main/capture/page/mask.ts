/** Yes-or-no pictures: growing, shrinking, filling, and what hangs together. Every step is a new mask. */

/** One byte a pixel, 0 or 1, row by row. */
export interface Mask {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** Pixels of one row side by side. */
interface Run {
  readonly row: number;
  readonly first: number;
  readonly last: number;
}

/** Pixels that hang together over their sides. */
export interface Component {
  readonly area: number;
  /** Top row first, and from the left. */
  readonly runs: readonly Run[];
}

/** Pixels of this value spread to all within `radius` columns. */
const spreadAcross = (mask: Mask, radius: number, value: number): Mask => {
  const { widthPx, heightPx, data } = mask;
  const out = new Uint8Array(data.length).fill(1 - value);
  for (let row = 0; row < heightPx; row += 1) {
    const start = row * widthPx;
    /** The last column that the pixels seen so far spread to. */
    let reach = -1;
    for (let ahead = 0; ahead < widthPx + radius; ahead += 1) {
      if (ahead < widthPx && data[start + ahead] === value) reach = ahead + radius;
      const place = ahead - radius;
      if (place >= 0 && place <= reach) out[start + place] = value;
    }
  }
  return { widthPx, heightPx, data: out };
};

/** Pixels of this value spread to all within `radius` rows. Row by row: memory is read as it lies. */
const spreadDown = (mask: Mask, radius: number, value: number): Mask => {
  const { widthPx, heightPx, data } = mask;
  const out = new Uint8Array(data.length).fill(1 - value);
  const reach = new Int32Array(widthPx).fill(-1);
  for (let ahead = 0; ahead < heightPx + radius; ahead += 1) {
    const from = ahead * widthPx;
    if (ahead < heightPx)
      for (let column = 0; column < widthPx; column += 1)
        if (data[from + column] === value) reach[column] = ahead + radius;
    const place = ahead - radius;
    if (place < 0) continue;
    const to = place * widthPx;
    for (let column = 0; column < widthPx; column += 1)
      if (place <= (reach[column] ?? -1)) out[to + column] = value;
  }
  return { widthPx, heightPx, data: out };
};

/** Every set pixel becomes a square of `2 · radius + 1`. */
const dilate = (mask: Mask, radius: number): Mask =>
  spreadDown(spreadAcross(mask, radius, 1), radius, 1);

/** What is left of set squares when `radius` is taken from each side; the border takes nothing. */
const erode = (mask: Mask, radius: number): Mask =>
  spreadDown(spreadAcross(mask, radius, 0), radius, 0);

/** The same, the border taking as much. */
export const erodeAll = (mask: Mask, radius: number): Mask => {
  const { widthPx, heightPx, data } = erode(mask, radius);
  for (let y = 0; y < heightPx; y += 1) {
    const isBorderRow = y < radius || y >= heightPx - radius;
    if (isBorderRow) data.fill(0, y * widthPx, (y + 1) * widthPx);
    data.fill(0, y * widthPx, y * widthPx + Math.min(radius, widthPx));
    data.fill(0, Math.max(0, widthPx - radius) + y * widthPx, (y + 1) * widthPx);
  }
  return { widthPx, heightPx, data };
};

/** Closes gaps narrower than `2 · radius`. */
export const close = (mask: Mask, radius: number): Mask => erode(dilate(mask, radius), radius);

/** Takes away what is narrower than `2 · radius`: strips of shadow, hairs, dust. */
export const open = (mask: Mask, radius: number): Mask => dilate(erode(mask, radius), radius);

/** Runs of pixels of one value, row by row. */
const runsOf = ({ widthPx, heightPx, data }: Mask, value: number): Run[] => {
  const runs: Run[] = [];
  for (let row = 0; row < heightPx; row += 1) {
    const start = row * widthPx;
    for (let column = 0; column < widthPx; column += 1) {
      if (data[start + column] !== value) continue;
      const first = column;
      while (column < widthPx - 1 && data[start + column + 1] === value) column += 1;
      runs.push({ row, first, last: column });
    }
  }
  return runs;
};

/** For each run the number of the first one that it hangs together with (union–find over rows). */
const groupsOf = (runs: readonly Run[]): Int32Array => {
  const parents = Int32Array.from(runs.keys());
  const rootOf = (run: number): number => {
    let root = run;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = run; at !== root;) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  let above = 0;
  for (const [at, { row, first, last }] of runs.entries()) {
    for (;;) {
      const upper = runs[above];
      if (upper === undefined || upper.row >= row) break;
      if (upper.row === row - 1 && upper.first <= last && upper.last >= first)
        parents[Math.max(rootOf(above), rootOf(at))] = Math.min(rootOf(above), rootOf(at));
      // One that ends further right may touch the next run as well.
      if (upper.row === row - 1 && upper.last > last) break;
      above += 1;
    }
  }
  return parents.map((_parent, run) => rootOf(run));
};

const componentsOfValue = (mask: Mask, value: number): Component[] => {
  const runs = runsOf(mask, value);
  const groups = groupsOf(runs);
  const members = new Map<number, Run[]>();
  for (const [at, run] of runs.entries()) {
    const root = groups[at] ?? at;
    const group = members.get(root);
    if (group === undefined) members.set(root, [run]);
    else group.push(run);
  }
  return [...members.values()].map((group) => ({
    area: group.reduce((sum, { first, last }) => sum + last - first + 1, 0),
    runs: group,
  }));
};

/** What hangs together, of `minArea` pixels or more. */
export const componentsOf = (mask: Mask, minArea: number): readonly Component[] =>
  componentsOfValue(mask, 1).filter(({ area }) => area >= minArea);

const setRuns = (data: Uint8Array, widthPx: number, runs: readonly Run[]): void => {
  for (const { row, first, last } of runs)
    data.fill(1, row * widthPx + first, row * widthPx + last + 1);
};

/** The component alone, in a mask of the same size. */
export const maskOf = ({ widthPx, heightPx }: Mask, { runs }: Component): Mask => {
  const data = new Uint8Array(widthPx * heightPx);
  setRuns(data, widthPx, runs);
  return { widthPx, heightPx, data };
};

/** Everything that the border can't reach over pixels that are not set. */
export const filled = (mask: Mask): Mask => {
  const { widthPx, heightPx } = mask;
  const data = mask.data.slice();
  for (const { runs } of componentsOfValue(mask, 0)) {
    const isReached = runs.some(
      ({ row, first, last }) =>
        row === 0 || row === heightPx - 1 || first === 0 || last === widthPx - 1,
    );
    if (!isReached) setRuns(data, widthPx, runs);
  }
  return { widthPx, heightPx, data };
};
