// A memory of bounded length: the newest so many, by key.

/** A map that forgets its oldest key when a new one would be one too many. */
export class Newest<Value> {
  readonly #max: number;
  readonly #values = new Map<string, Value>();
  /** The keys in the order in which they came, as a ring once it is full. */
  readonly #keys: string[] = [];
  #oldest = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  values(): Iterable<Value> {
    return this.#values.values();
  }

  /** Adds or replaces; the value that was forgotten for it, if any. */
  set(key: string, value: Value): Value | undefined {
    const known = this.#values.has(key);
    this.#values.set(key, value);
    if (known) return undefined;
    if (this.#keys.length < this.#max) {
      this.#keys.push(key);
      return undefined;
    }
    const forgottenKey = this.#keys[this.#oldest] as string;
    const forgotten = this.#values.get(forgottenKey);
    this.#values.delete(forgottenKey);
    this.#keys[this.#oldest] = key;
    this.#oldest = (this.#oldest + 1) % this.#max;
    return forgotten;
  }
}
