// Something that fails for a while, and for those who hear of it: told once that it fails, and once that it is back.

export class Trouble {
  readonly #tell: (error: Error | undefined) => void;
  #isOver = true;

  /** @param tell undefined says that it is back. */
  constructor(tell: (error: Error | undefined) => void) {
    this.#tell = tell;
  }

  /** Whether it went well the last time. */
  get isOver(): boolean {
    return this.#isOver;
  }

  wentWell(): void {
    if (!this.#isOver) this.#tell(undefined);
    this.#isOver = true;
  }

  failed(error: unknown): void {
    if (this.#isOver) this.#tell(error instanceof Error ? error : new Error(String(error)));
    this.#isOver = false;
  }
}
