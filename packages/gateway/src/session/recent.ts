// What was asked for last, up to a number: the one that nobody asked for longest goes first.

export class Recent<Value> {
  readonly #max: number;
  readonly #onGone: (value: Value) => void;
  readonly #values = new Map<string, Value>();

  constructor(max: number, onGone: (value: Value) => void = () => undefined) {
    this.#max = max;
    this.#onGone = onGone;
  }

  get(name: string): Value | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    this.#values.delete(name);
    this.#values.set(name, value);
    return value;
  }

  set(name: string, value: Value): void {
    this.#values.delete(name);
    this.#values.set(name, value);
    if (this.#values.size <= this.#max) return;
    for (const [oldest, gone] of this.#values) {
      this.#values.delete(oldest);
      this.#onGone(gone);
      return;
    }
  }

  delete(name: string): void {
    this.#values.delete(name);
  }
}
