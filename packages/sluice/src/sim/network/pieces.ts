// The pieces of an answer that streams, on their way to the caller: one at a time, in order, until one gets lost or either end
// is gone.

import type { AnswerStream } from "../../gate/index.ts";

export interface PiecesWay {
  readonly body: AnswerStream;
  /** A piece goes out; false: the process has died of it, or before, and the connection with it. */
  passes(): boolean;
  isLost(): boolean;
  /** Calls back when what is sent now has arrived. */
  later(go: () => void): void;
  /** The process hears that its caller has gone. */
  onLeft(): void;
  /** The process has sent everything. */
  onSent(): void;
}

/** What a caller has of it. */
export class Pieces {
  readonly #way: PiecesWay;
  readonly #arrived: Uint8Array[] = [];
  #end: "none" | "whole" | Error = "none";
  #wake: () => void = () => undefined;

  constructor(way: PiecesWay) {
    this.#way = way;
    void this.#send();
  }

  /** The next piece; undefined at the end. Rejects where the connection broke. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const piece = this.#arrived.shift();
      if (piece !== undefined) return piece;
      if (this.#end === "whole") return undefined;
      if (this.#end !== "none") throw this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The connection is no more. */
  broke(error: Error): void {
    this.#over(error);
  }

  /** The caller leaves. */
  leave(reason: unknown): void {
    if (this.#end !== "none") return;
    this.#over(reason instanceof Error ? reason : new Error(String(reason)));
    this.#way.later(() => this.#way.onLeft());
  }

  async #send(): Promise<void> {
    const { body, later, passes, isLost, onLeft, onSent } = this.#way;
    for (;;) {
      const piece = await body.next();
      if (this.#end !== "none") return;
      if (!passes()) return;
      if (isLost()) {
        this.#over(new TypeError("terminated"));
        later(onLeft);
        return;
      }
      if (piece === undefined) onSent();
      await new Promise<void>((resolve) => later(resolve));
      if (piece === undefined) {
        this.#over(body.broken === true ? new TypeError("terminated") : "whole");
        return;
      }
      this.#arrived.push(piece);
      this.#wake();
    }
  }

  #over(how: "whole" | Error): void {
    if (this.#end === "none") this.#end = how;
    this.#wake();
  }
}
