// That a caller leaves, or gives up: most never do, so the platform's signal is made only where somebody asks for it.

export class Leaving {
  #reason: unknown;
  #hasLeft = false;
  #controller: AbortController | undefined;
  #breakOff: ((reason: unknown) => void) | undefined;

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** The first reason counts. */
  leave(reason: Error): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#breakOff?.(reason);
  }

  /** Of what is on its way when it leaves: the last that was sent. */
  breaksOff(breakOff: (reason: unknown) => void): void {
    this.#breakOff = breakOff;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#hasLeft) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }
}
