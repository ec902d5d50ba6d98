// Everything that happens in a run, as a digest of all of it and the last of it in words. Words are made when somebody reads
// them: most runs are never read.

import { wordToHex } from "../../base/index.ts";

interface Line {
  atMs: number;
  what: string;
  who: string;
  value: string | number;
}

/** Lines that are kept for whoever reads how it came to it. */
const KEPT = 256;

export class Trace {
  /** Two sums of FNV-1a with different beginnings: 64 bits. */
  #high = 0x811c9dc5;
  #low = 0x01234567;
  #count = 0;
  readonly #lines: Line[] = [];

  get count(): number {
    return this.#count;
  }

  note(atMs: number, what: string, who: string, value: string | number): void {
    this.#add(Math.round(atMs * 1_000));
    this.#addText(what);
    this.#addText(who);
    if (typeof value === "number") this.#add(Math.round(value * 1_000));
    else this.#addText(value);
    const at = this.#count++ % KEPT;
    const line = this.#lines[at];
    if (line === undefined) this.#lines.push({ atMs, what, who, value });
    else {
      line.atMs = atMs;
      line.what = what;
      line.who = who;
      line.value = value;
    }
  }

  get digest(): string {
    return wordToHex(this.#high) + wordToHex(this.#low);
  }

  /** The last that happened, oldest first. */
  lines(): string[] {
    const split = this.#count % KEPT;
    const inOrder = [...this.#lines.slice(split), ...this.#lines.slice(0, split)];
    const all = this.#count < KEPT ? this.#lines : inOrder;
    return all.map(
      ({ atMs, what, who, value }) => `${atMs.toFixed(3).padStart(12)}  ${what} ${who} ${value}`,
    );
  }

  #addText(text: string): void {
    for (let at = 0; at < text.length; at++) this.#mix(text.charCodeAt(at));
  }

  #add(number: number): void {
    this.#mix(number | 0);
    this.#mix((number / 2 ** 32) | 0);
  }

  #mix(word: number): void {
    this.#high = Math.imul(this.#high ^ word, 0x01000193);
    this.#low = Math.imul(this.#low ^ (word + this.#high), 0x01000193);
  }
}
