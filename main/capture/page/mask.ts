/**
 * Yes-or-no pictures: growing, shrinking, filling, and what hangs together. Every step is a new mask.
 * One bit a pixel: a step moves 32 of them at once.
 */

/** Rows of whole words; the lowest bit is the leftmost pixel, and those beyond the width are 0. */
export interface Mask {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly wordsPerRow: number;
  readonly words: Uint32Array;
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

const WORD_PX = 32;

/** Nothing is set. */
export const emptyMask = (widthPx: number, heightPx: number): Mask => {
  const wordsPerRow = Math.ceil(widthPx / WORD_PX);
  return { widthPx, heightPx, wordsPerRow, words: new Uint32Array(wordsPerRow * heightPx) };
};

/** The word of a row that holds this column. */
const wordOf = ({ wordsPerRow }: Mask, x: number, y: number): number =>
  y * wordsPerRow + Math.floor(x / WORD_PX);

export const isSet = (mask: Mask, x: number, y: number): boolean =>
  (((mask.words[wordOf(mask, x, y)] ?? 0) >>> (x % WORD_PX)) & 1) === 1;

export const setPixel = (mask: Mask, x: number, y: number): void => {
  const at = wordOf(mask, x, y);
  mask.words[at] = (mask.words[at] ?? 0) | (1 << (x % WORD_PX));
};

const copyOf = (mask: Mask): Mask => ({ ...mask, words: mask.words.slice() });

/** Sets the bits from `first` to `last` of the row that begins at this word. */
const setBits = (words: Uint32Array, rowStart: number, first: number, last: number): void => {
  const from = Math.floor(first / WORD_PX);
  const to = Math.floor(last / WORD_PX);
  for (let word = from; word <= to; word += 1) {
    const low = word === from ? first % WORD_PX : 0;
    const high = word === to ? last % WORD_PX : WORD_PX - 1;
    const bits = (-1 << low) & (-1 >>> (WORD_PX - 1 - high));
    words[rowStart + word] = (words[rowStart + word] ?? 0) | bits;
  }
};

/** Leaves the columns from `first` to `last`, of every row. */
const keepColumns = ({ wordsPerRow, words }: Mask, first: number, last: number): void => {
  const kept = new Uint32Array(wordsPerRow);
  if (first <= last) setBits(kept, 0, first, last);
  for (let at = 0; at < words.length; at += 1)
    words[at] = (words[at] ?? 0) & (kept[at % wordsPerRow] ?? 0);
};

/** Sets what lies `by` columns to the right of a set pixel. The bits beyond the width may be set. */
const setToTheRight = ({ wordsPerRow, words }: Mask, by: number): void => {
  const whole = Math.floor(by / WORD_PX);
  const part = by % WORD_PX;
  for (let rowStart = 0; rowStart < words.length; rowStart += wordsPerRow)
    for (let word = wordsPerRow - 1; word >= whole; word -= 1) {
      const from = rowStart + word - whole;
      const before = word > whole && part > 0 ? (words[from - 1] ?? 0) >>> (WORD_PX - part) : 0;
      const at = rowStart + word;
      words[at] = (words[at] ?? 0) | ((words[from] ?? 0) << part) | before;
    }
};

/** The same to the left. */
const setToTheLeft = ({ wordsPerRow, words }: Mask, by: number): void => {
  const whole = Math.floor(by / WORD_PX);
  const part = by % WORD_PX;
  for (let rowStart = 0; rowStart < words.length; rowStart += wordsPerRow)
    for (let word = 0; word + whole < wordsPerRow; word += 1) {
      const from = rowStart + word + whole;
      const isLast = word + whole === wordsPerRow - 1;
      const after = isLast || part === 0 ? 0 : (words[from + 1] ?? 0) << (WORD_PX - part);
      const at = rowStart + word;
      words[at] = (words[at] ?? 0) | ((words[from] ?? 0) >>> part) | after;
    }
};

const setBelow = ({ wordsPerRow, words }: Mask, by: number): void => {
  const away = by * wordsPerRow;
  for (let at = words.length - 1; at >= away; at -= 1)
    words[at] = (words[at] ?? 0) | (words[at - away] ?? 0);
};

const setAbove = ({ wordsPerRow, words }: Mask, by: number): void => {
  const away = by * wordsPerRow;
  for (let at = 0; at + away < words.length; at += 1)
    words[at] = (words[at] ?? 0) | (words[at + away] ?? 0);
};

/** Every set pixel becomes a square of `2 · radius + 1`: each step doubles how far it has come. */
const dilate = (mask: Mask, radius: number): Mask => {
  const grown = copyOf(mask);
  for (const setBeside of [setToTheRight, setToTheLeft, setBelow, setAbove])
    for (let reach = 0; reach < radius;) {
      const by = Math.min(reach + 1, radius - reach);
      setBeside(grown, by);
      reach += by;
    }
  keepColumns(grown, 0, mask.widthPx - 1);
  return grown;
};

const inverted = (mask: Mask): Mask => {
  const inverse = { ...mask, words: mask.words.map((word) => ~word) };
  keepColumns(inverse, 0, mask.widthPx - 1);
  return inverse;
};

/** What is left of set squares when `radius` is taken from each side; the border takes nothing. */
const erode = (mask: Mask, radius: number): Mask => inverted(dilate(inverted(mask), radius));

/** The same, the border taking as much. */
export const erodeAll = (mask: Mask, radius: number): Mask => {
  const eroded = erode(mask, radius);
  const { widthPx, heightPx, wordsPerRow, words } = eroded;
  words.fill(0, 0, radius * wordsPerRow);
  words.fill(0, Math.max(0, heightPx - radius) * wordsPerRow);
  keepColumns(eroded, radius, widthPx - 1 - radius);
  return eroded;
};

/** Closes gaps narrower than `2 · radius`. */
export const close = (mask: Mask, radius: number): Mask => erode(dilate(mask, radius), radius);

/** Takes away what is narrower than `2 · radius`: strips of shadow, hairs, dust. */
export const open = (mask: Mask, radius: number): Mask => dilate(erode(mask, radius), radius);

/** Set pixels, row by row. */
export const runsOf = ({ widthPx, heightPx, wordsPerRow, words }: Mask): readonly Run[] => {
  const runs: Run[] = [];
  for (let row = 0; row < heightPx; row += 1) {
    let first = -1;
    let before = 0;
    for (let word = 0; word < wordsPerRow; word += 1) {
      const bits = words[row * wordsPerRow + word] ?? 0;
      let ends = bits ^ ((bits << 1) | before);
      before = bits >>> (WORD_PX - 1);
      for (; ends !== 0; ends &= ends - 1) {
        const column = word * WORD_PX + (WORD_PX - 1 - Math.clz32(ends & -ends));
        if (first === -1) first = column;
        else {
          runs.push({ row, first, last: column - 1 });
          first = -1;
        }
      }
    }
    if (first !== -1) runs.push({ row, first, last: widthPx - 1 });
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

/** What hangs together, of `minArea` pixels or more. */
export const componentsOf = (mask: Mask, minArea: number): readonly Component[] => {
  const runs = runsOf(mask);
  const groups = groupsOf(runs);
  const members = new Map<number, Run[]>();
  for (const [at, run] of runs.entries()) {
    const root = groups[at] ?? at;
    const group = members.get(root);
    if (group === undefined) members.set(root, [run]);
    else group.push(run);
  }
  return [...members.values()]
    .map((group) => ({
      area: group.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      runs: group,
    }))
    .filter(({ area }) => area >= minArea);
};

const setRuns = ({ wordsPerRow, words }: Mask, runs: readonly Run[]): void => {
  for (const { row, first, last } of runs) setBits(words, row * wordsPerRow, first, last);
};

/** The component alone, in a mask of the same size. */
export const maskOf = ({ widthPx, heightPx }: Mask, { runs }: Component): Mask => {
  const alone = emptyMask(widthPx, heightPx);
  setRuns(alone, runs);
  return alone;
};

/** Everything that the border can't reach over pixels that are not set. */
export const filled = (mask: Mask): Mask => {
  const { widthPx, heightPx } = mask;
  const full = copyOf(mask);
  for (const { runs } of componentsOf(inverted(mask), 1)) {
    const isReached = runs.some(
      ({ row, first, last }) =>
        row === 0 || row === heightPx - 1 || first === 0 || last === widthPx - 1,
    );
    if (!isReached) setRuns(full, runs);
  }
  return full;
};
