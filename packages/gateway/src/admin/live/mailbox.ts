// What waits for one who watches: the newest few. Whoever reads slowly misses what is old, and costs nobody memory.

const waitingMax = 5;

export class Mailbox<Item> {
  readonly #waiting: Item[] = [];
  #isLast = false;
  #wake: (() => void) | undefined;

  /** What comes after the last one is not taken. */
  put(item: Item): void {
    if (this.#isLast) return;
    this.#waiting.push(item);
    if (this.#waiting.length > waitingMax) this.#waiting.shift();
    this.#wake?.();
  }

  last(item: Item): void {
    this.put(item);
    this.close();
  }

  /** What waits is still taken. */
  close(): void {
    this.#isLast = true;
    this.#wake?.();
  }

  /** The oldest that waits, once there is one; undefined at the end. */
  async take(): Promise<Item | undefined> {
    while (this.#waiting.length === 0 && !this.#isLast) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    return this.#waiting.shift();
  }
}
