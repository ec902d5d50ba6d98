/**
 * A long answer on its way from the upstream to the caller: piece by piece as it comes, but its end only once the call is
 * settled. An end is the last byte, where the length is known, and the end of the body elsewhere. What comes back over an
 * upgraded connection is such an answer, too.
 */
import { assert } from "../../base/index.ts";
import type { AnswerStream, ByteSource } from "../call.ts";
import type { Streaming, Visit } from "../visit.ts";
import { type RestOfTheOrder, StreamEnd } from "./stream-end.ts";

export class Passage implements AnswerStream {
  readonly length: number | undefined;
  readonly #source: ByteSource;
  readonly #end: StreamEnd;
  readonly #isUpgraded: boolean;
  #count = 0;

  constructor(visit: Visit, stream: Streaming, rest: RestOfTheOrder) {
    this.length = visit.work?.length;
    this.#source = stream.source;
    this.#isUpgraded = stream.kind === "upgraded";
    this.#end = new StreamEnd(visit, stream, rest);
  }

  /** Nothing else tells a caller, who has the status already, that the rest will not come. */
  get broken(): boolean {
    return !this.#end.completed;
  }

  async next(): Promise<Uint8Array | undefined> {
    const end = this.#end;
    // The other protocol is spoken from its head on: the caller may be served without an answer of a single byte.
    if (this.#isUpgraded) end.began = true;
    if (end.over === undefined) {
      try {
        const piece = await this.#take();
        if (piece !== undefined) return piece;
      } catch (error) {
        await end.fail(error);
      }
    }
    await end.over;
    return undefined;
  }

  cancel(): void {
    this.#end.leave();
  }

  async #take(): Promise<Uint8Array | undefined> {
    const end = this.#end;
    const piece = await this.#source.next();
    // The deadline may have come meanwhile, or the caller may have gone.
    if (end.over !== undefined) return undefined;
    this.#count += piece?.length ?? 0;
    const { length = Number.POSITIVE_INFINITY } = this;
    assert(this.#count <= length, "the answer is longer than its length");
    const isLast = piece === undefined || this.#count === length;
    if (isLast && !end.completed) {
      assert(length === Number.POSITIVE_INFINITY || this.#count === length, "the answer broke off");
      end.meter.noteTrailers(this.#source.trailers ?? []);
      if (!(await end.complete())) return undefined;
    }
    if (piece === undefined) await end.finish("done");
    else end.began = true;
    return piece;
  }
}
