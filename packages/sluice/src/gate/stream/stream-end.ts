/**
 * How an answer that comes piece by piece ends: well, by a failure, at the deadline, or because the caller leaves.
 * Whichever comes first; it ends once.
 */
import { isRefusal, type Refusal, refuse } from "../../contract/index.ts";
import type { Ending } from "../row/row-of.ts";
import { DeadlineError } from "../upstream/running.ts";
import type { Streaming, Visit } from "../visit.ts";
import { Meter } from "./meter.ts";

/** What is left of the order when the pieces have come. */
export interface RestOfTheOrder {
  /** Charges `visit.metered`. */
  settle(): Promise<Ending>;
  /** Gives back what is still taken and writes the row; the body of the error, where there is one to tell. */
  end(ending: Ending): Promise<string | undefined>;
  /** What an upstream's own `error` event comes to. */
  fold(data: string | undefined): Refusal;
  /** What was thrown is told to the operator. */
  fault(error: unknown): Refusal;
}

export class StreamEnd {
  readonly #visit: Visit;
  readonly #stream: Streaming;
  readonly #rest: RestOfTheOrder;
  readonly meter: Meter;
  /** Whether any piece has left. */
  began = false;
  /** Whether it is settled, and the last piece may leave. */
  #completed = false;
  /** Neither the clock nor the caller can end it while the ledger is asked. */
  #settling = false;
  #completing: Promise<boolean> | undefined;
  #over: Promise<string | undefined> | undefined;
  #stopListening: () => void = () => undefined;

  constructor(visit: Visit, stream: Streaming, rest: RestOfTheOrder) {
    this.#visit = visit;
    this.#stream = stream;
    this.#rest = rest;
    const { price } = visit.settled.server;
    this.meter = new Meter(price, visit.hold?.amount ?? 0, visit.work?.headers ?? []);
    stream.running.keepDeadline();
    this.#stopListening = stream.running.work.onAbort(() => this.#stop());
  }

  get completed(): boolean {
    return this.#completed;
  }

  /** Set once it is over: the body of the error, where there was one. */
  get over(): Promise<string | undefined> | undefined {
    return this.#over;
  }

  /** Settles, once; whether the last piece may leave. */
  complete(): Promise<boolean> {
    this.#completing ??= this.#settle();
    return this.#completing;
  }

  async #settle(): Promise<boolean> {
    this.#settling = true;
    this.#visit.metered = this.meter.whole;
    const settled = await this.#rest.settle();
    this.#settling = false;
    if (isRefusal(settled)) {
      await this.finish(settled);
      return false;
    }
    this.#completed = true;
    if (this.#stream.running.abortReason !== undefined) await this.finish("done");
    return true;
  }

  /** What was thrown on the way is a fault, unless everything has been paid for and said. */
  fail(error: unknown): Promise<string | undefined> {
    return this.#over ?? this.finish(this.#completed ? "done" : this.#rest.fault(error));
  }

  finish(ending: Ending): Promise<string | undefined> {
    this.#over ??= this.#wrapUp(ending);
    return this.#over;
  }

  /** The caller has gone. */
  leave(): void {
    if (!this.#settling) void this.finish(this.#completed ? "done" : "abandoned");
  }

  /** The work was aborted: its deadline has come, or the caller has gone. */
  #stop(): void {
    const isLate = this.#stream.running.abortReason instanceof DeadlineError;
    if (this.#settling || this.#completed || !isLate) this.leave();
    // Nothing is late: it was served for as long as the operation lets it last.
    else if (this.#stream.kind === "upgraded") void this.complete();
    else void this.finish(refuse("upstream_timeout"));
  }

  async #wrapUp(ending: Ending): Promise<string | undefined> {
    const { running, source } = this.#stream;
    this.#stopListening();
    running.close();
    // It must not go on for nobody.
    source.cancel(ending);
    if (ending === "abandoned" && this.began) {
      this.#visit.metered = this.meter.soFar;
      await this.#rest.settle();
    }
    return this.#rest.end(ending);
  }
}
