/** The square of a QR code: what is dark, and what belongs to its fixed patterns. Source: ISO/IEC 18004 §6.3. */

export class Grid {
  readonly size: number;
  readonly #isDark: Uint8Array;
  readonly #isFixed: Uint8Array;

  private constructor(size: number, isDark: Uint8Array, isFixed: Uint8Array) {
    this.size = size;
    this.#isDark = isDark;
    this.#isFixed = isFixed;
  }

  /** A grid with the fixed patterns of a version from 1 to 6, the places of the format left light. */
  static ofVersion(version: number): Grid {
    const size = 17 + 4 * version;
    const grid = new Grid(size, new Uint8Array(size * size), new Uint8Array(size * size));
    grid.#timing();
    grid.#square(3, 3, 4);
    grid.#square(size - 4, 3, 4);
    grid.#square(3, size - 4, 4);
    if (version > 1) grid.#square(size - 7, size - 7, 2);
    for (let place = 0; place < 8; place += 1) {
      grid.fix(8, place === 6 ? 8 : place, false);
      grid.fix(place === 6 ? 8 : place, 8, false);
      grid.fix(8, size - 1 - place, false);
      grid.fix(size - 1 - place, 8, false);
    }
    grid.fix(8, 8, false);
    grid.fix(8, size - 8, true);
    return grid;
  }

  copy(): Grid {
    return new Grid(this.size, this.#isDark.slice(), this.#isFixed);
  }

  isDark(x: number, y: number): boolean {
    return this.#isDark[y * this.size + x] === 1;
  }

  isFixed(x: number, y: number): boolean {
    return this.#isFixed[y * this.size + x] === 1;
  }

  set(x: number, y: number, isDark: boolean): void {
    this.#isDark[y * this.size + x] = isDark ? 1 : 0;
  }

  fix(x: number, y: number, isDark: boolean): void {
    this.set(x, y, isDark);
    this.#isFixed[y * this.size + x] = 1;
  }

  #timing(): void {
    for (let place = 0; place < this.size; place += 1) {
      this.fix(6, place, place % 2 === 0);
      this.fix(place, 6, place % 2 === 0);
    }
  }

  /** Rings around a centre: a finder with its separator (radius 4), or an alignment pattern (radius 2). */
  #square(centreX: number, centreY: number, radius: number): void {
    for (let y = centreY - radius; y <= centreY + radius; y += 1)
      for (let x = centreX - radius; x <= centreX + radius; x += 1) {
        if (x < 0 || y < 0 || x >= this.size || y >= this.size) continue;
        const ring = Math.max(Math.abs(x - centreX), Math.abs(y - centreY));
        this.fix(x, y, radius === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
  }
}
