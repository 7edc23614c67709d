/** Hands what callbacks say to a loop that reads it: in order, nothing lost, one reader. */

export class Mailbox<Letter> {
  readonly #letters: Letter[] = [];
  #isClosed = false;
  #wake = (): void => undefined;

  put(letter: Letter): void {
    this.#letters.push(letter);
    this.#wake();
  }

  /** No further letter comes; those that are here are still read. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async *read(): AsyncGenerator<Letter> {
    for (;;) {
      const letter = this.#letters.shift();
      if (letter !== undefined) yield letter;
      else if (this.#isClosed) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
