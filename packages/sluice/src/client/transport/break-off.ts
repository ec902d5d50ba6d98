/**
 * How an attempt is broken off. The platform's signal costs more than all else that a call does here, so it is made where
 * somebody asks for it; who only needs to hear of the end listens to this.
 */

/** As much of a signal as a transport needs that only listens. */
export interface Listenable {
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export class BreakOff implements Listenable {
  reason: unknown;
  #isOff = false;
  readonly #outer: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #listener: (() => void) | undefined;

  /** @param outer the caller's own, which breaks it off as well. */
  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
  }

  /** Breaks it off; the first reason counts. */
  abort(reason: unknown): void {
    if (this.#isOff) return;
    this.#isOff = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    this.#listener?.();
  }

  /** Whoever holds it holds the caller's own too; nothing has to be taken off that again. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#controller = new AbortController();
      if (this.#isOff) this.#controller.abort(this.reason);
      const own = this.#controller.signal;
      this.#signal = this.#outer ? AbortSignal.any([this.#outer, own]) : own;
    }
    return this.#signal;
  }

  /** For one listener at a time, which hears of our own end only: undefined where the caller may leave, too. */
  get light(): Listenable | undefined {
    return this.#outer === undefined ? this : undefined;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listener = listener;
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    if (this.#listener === listener) this.#listener = undefined;
  }
}
