// An answer's body as it arrives: handed on piece by piece when somebody asks, held back at its source while nobody does.

import type { ByteSource } from "sluice/gate";

/** Bytes that may wait here before the source is held back. */
const WAITING_BYTES_MAX = 65_536;
/** What a piece costs beside its bytes, so that many small ones are bounded, too. */
const PIECE_COST = 256;

/** What an arriving body can do to where it comes from. */
export interface BodyOrigin {
  /** There is room again. */
  resume(): void;
  /** Nobody wants the rest. */
  abandon(reason: unknown): void;
}

interface Asking {
  resolve(piece: Uint8Array | undefined): void;
  reject(error: unknown): void;
}

export class ArrivingBody implements ByteSource {
  readonly #origin: BodyOrigin;
  #waiting: Uint8Array[] = [];
  #first = 0;
  #cost = 0;
  #held = false;
  #asking: Asking | undefined;
  #state: "coming" | "ended" | "failed" = "coming";
  #failure: unknown;
  #trailers: readonly string[] = [];

  constructor(origin: BodyOrigin) {
    this.#origin = origin;
  }

  get trailers(): readonly string[] {
    return this.#trailers;
  }

  /** Whether the source is held back, so that its silence is our doing. */
  get isHeld(): boolean {
    return this.#held;
  }

  /** Whether there is room for more; where there is none, the source must wait for `resume`. */
  push(piece: Uint8Array): boolean {
    const asking = this.#asking;
    if (asking !== undefined) {
      this.#asking = undefined;
      asking.resolve(piece);
      return true;
    }
    if (this.#state !== "coming") return true;
    this.#waiting.push(piece);
    this.#cost += piece.length + PIECE_COST;
    this.#held = this.#cost >= WAITING_BYTES_MAX;
    return !this.#held;
  }

  end(trailers: readonly string[]): void {
    if (this.#state !== "coming") return;
    this.#state = "ended";
    this.#trailers = trailers;
    this.#asking?.resolve(undefined);
    this.#asking = undefined;
  }

  /** What came before is still handed on. */
  fail(error: unknown): void {
    if (this.#state !== "coming") return;
    this.#state = "failed";
    this.#failure = error;
    this.#asking?.reject(error);
    this.#asking = undefined;
  }

  /** Whether it broke off. */
  get broken(): boolean {
    return this.#state === "failed";
  }

  next(): Promise<Uint8Array | undefined> {
    if (this.#state === "failed" && this.#waiting.length === 0)
      return Promise.reject(this.#failure);
    return this.#piece(true);
  }

  /** The same for whoever asks `broken` at the end: it never rejects. */
  nextOrEnd(): Promise<Uint8Array | undefined> {
    return this.#piece(false);
  }

  #piece(rejects: boolean): Promise<Uint8Array | undefined> {
    const piece = this.#waiting[this.#first];
    if (piece !== undefined) {
      this.#shift(piece);
      return Promise.resolve(piece);
    }
    if (this.#state !== "coming") return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#asking = { resolve, reject: rejects ? reject : () => resolve(undefined) };
    });
  }

  cancel(reason: unknown = new Error("nobody wants the rest")): void {
    this.#waiting = [];
    this.#first = 0;
    this.#cost = 0;
    if (this.#state !== "coming") return;
    this.end([]);
    this.#origin.abandon(reason);
  }

  #shift(piece: Uint8Array): void {
    this.#cost -= piece.length + PIECE_COST;
    if (++this.#first === this.#waiting.length) {
      this.#waiting = [];
      this.#first = 0;
    }
    // Not before half of it is gone, so that the source is not stopped and started for every piece.
    if (!this.#held || this.#cost > WAITING_BYTES_MAX / 2) return;
    this.#held = false;
    this.#origin.resume();
  }
}
