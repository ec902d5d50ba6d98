/** A request's body that goes through unread: counted on its way, and cut off where it grows too large. */
import type { PassedBody } from "../call.ts";

export class BoundedBody implements PassedBody {
  readonly #body: PassedBody;
  readonly #bytesMax: number;
  #count = 0;
  #tooLarge = false;

  constructor(body: PassedBody, bytesMax: number) {
    this.#body = body;
    this.#bytesMax = bytesMax;
  }

  get length(): number | undefined {
    return this.#body.length;
  }

  /** Whether more came than may come. */
  get isTooLarge(): boolean {
    return this.#tooLarge;
  }

  async next(): Promise<Uint8Array | undefined> {
    const piece = await this.#body.next();
    this.#count += piece?.length ?? 0;
    if (this.#count <= this.#bytesMax) return piece;
    this.#tooLarge = true;
    this.cancel();
    throw new Error(`a body of more than ${this.#bytesMax} bytes`);
  }

  cancel(reason?: unknown): void {
    this.#body.cancel(reason);
  }
}
