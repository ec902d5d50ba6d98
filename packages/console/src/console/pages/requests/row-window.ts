// A list of any length of which only the pages around the reader are in memory. Pages are asked for by their cursors, one at a
// time, those that are looked at first; cursors are kept, so a page that was let go is asked for again when it is looked at.

export interface RowPage<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
}

export interface RowWindowOptions<Row> {
  ask(cursor: string | undefined, signal: AbortSignal): Promise<RowPage<Row>>;
  /** Pages in memory at most, beside those that are looked at. */
  readonly pagesMax: number;
  /** The list ends here, though there is more: nobody scrolls so far, and cursors must not be kept without end. */
  readonly rowsMax: number;
  /** So many rows before the end of what is known, more is asked for. */
  readonly aheadRows: number;
}

interface Place {
  readonly cursor: string | undefined;
  /** The number of its first row. */
  readonly first: number;
}

export class RowWindow<Row> {
  readonly #options: RowWindowOptions<Row>;
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #listeners = new Set<() => void>();
  /** The last place is that of a page nobody has seen yet, unless the list is whole. */
  readonly #places: Place[] = [{ cursor: undefined, first: 0 }];
  #known = 0;
  #isWhole = false;
  #version = 0;
  #shown = { first: 0, last: 0 };
  #asking: AbortController | undefined;
  #error: unknown;

  constructor(options: RowWindowOptions<Row>) {
    this.#options = options;
  }

  /** Rows whose place is known, in memory or not. */
  get known(): number {
    return this.#known;
  }

  /** Whether nothing is behind them. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Whether there is more, which is not shown. */
  get isFull(): boolean {
    return !this.#isWhole && this.#known >= this.#options.rowsMax;
  }

  get hasBegun(): boolean {
    return this.#isWhole || this.#places.length > 1;
  }

  get error(): unknown {
    return this.#error;
  }

  get rowsInMemory(): number {
    let rows = 0;
    for (const page of this.#pages.values()) rows += page.length;
    return rows;
  }

  /** Undefined while it is not in memory. */
  row(at: number): Row | undefined {
    const page = this.#pageOf(at);
    return this.#pages.get(page)?.[at - (this.#places[page]?.first ?? 0)];
  }

  /** From now on these rows are looked at, the last one included. */
  look(first: number, last: number): void {
    this.#shown = { first, last };
    if (this.#error === undefined) this.#askNext();
  }

  retry(): void {
    this.#error = undefined;
    this.#changed();
    this.#askNext();
  }

  /** For `useSyncExternalStore`. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#asking?.abort();
    };
  };

  readonly version = (): number => this.#version;

  #askNext(): void {
    if (this.#asking !== undefined) return;
    const page = this.#wanted();
    if (page === undefined) return;
    const asking = new AbortController();
    this.#asking = asking;
    this.#options.ask(this.#places[page]?.cursor, asking.signal).then(
      (answer) => this.#ended(asking, () => this.#keep(page, answer)),
      (error: unknown) =>
        this.#ended(asking, () => {
          this.#error = error;
        }),
    );
  }

  #ended(asking: AbortController, then: () => void): void {
    this.#asking = undefined;
    if (!asking.signal.aborted) {
      then();
      this.#changed();
    }
    if (this.#error === undefined && this.#listeners.size > 0) this.#askNext();
  }

  /** What is looked at and not here, the first of it; else what is next, where the end is near. */
  #wanted(): number | undefined {
    const unseen = this.#isWhole ? Infinity : this.#places.length - 1;
    const { from, to } = this.#pagesShown();
    for (let page = from; page <= to && page < unseen; page++) {
      if (!this.#pages.has(page) && !this.#isEmpty(page)) return page;
    }
    const isNear = this.#shown.last >= this.#known - this.#options.aheadRows;
    return isNear && unseen !== Infinity && !this.isFull ? unseen : undefined;
  }

  #keep(page: number, { data, next }: RowPage<Row>): void {
    this.#pages.set(page, data);
    if (page === this.#places.length - 1 && !this.#isWhole) {
      this.#known += data.length;
      if (next === null) this.#isWhole = true;
      else this.#places.push({ cursor: next, first: this.#known });
    }
    this.#letGo();
  }

  /** The farthest from what is looked at, and nothing of that itself: it would be asked for again at once. */
  #letGo(): void {
    const { from, to } = this.#pagesShown();
    const away = (page: number) => Math.max(from - page, page - to, 0);
    const farthestFirst = [...this.#pages.keys()].sort((a, b) => away(b) - away(a));
    for (const page of farthestFirst) {
      if (this.#pages.size <= this.#options.pagesMax || away(page) === 0) return;
      this.#pages.delete(page);
    }
  }

  #pagesShown(): { readonly from: number; readonly to: number } {
    return { from: this.#pageOf(this.#shown.first), to: this.#pageOf(this.#shown.last) };
  }

  #isEmpty(page: number): boolean {
    return this.#places[page]?.first === (this.#places[page + 1]?.first ?? this.#known);
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  /** The page that a row is in: the last one that begins at it or before. */
  #pageOf(row: number): number {
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#places[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
