// An answer that streams, as its caller hears it: what came is kept for the laws, and whoever reads it gets it piece by piece.

import type { Pieces } from "../network/pieces.ts";

export class HeardStream {
  readonly #pieces: Pieces;
  readonly #onEnd: (text: string, isCut: boolean) => void;
  readonly #decoder = new TextDecoder();
  #text = "";
  #isOver = false;

  /** @param onEnd Called once, however it ends. */
  constructor(pieces: Pieces, onEnd: (text: string, isCut: boolean) => void) {
    this.#pieces = pieces;
    this.#onEnd = onEnd;
  }

  async next(): Promise<Uint8Array | undefined> {
    try {
      const piece = await this.#pieces.next();
      if (piece === undefined) this.#end(false);
      else this.#text += this.#decoder.decode(piece, { stream: true });
      return piece;
    } catch (error) {
      this.#end(true);
      throw error;
    }
  }

  /** Reads all of it; what it says. Rejects where it breaks off. */
  async whole(): Promise<string> {
    while ((await this.next()) !== undefined) {}
    return this.#text;
  }

  leave(reason: unknown): void {
    this.#pieces.leave(reason);
    this.#end(true);
  }

  /** As the platform has it. */
  readable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const piece = await this.next();
          if (piece === undefined) controller.close();
          else controller.enqueue(piece);
        },
        cancel: (reason) => this.leave(reason),
      },
      { highWaterMark: 0 },
    );
  }

  #end(isCut: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onEnd(this.#text, isCut);
  }
}
