// The way to one part of the engine: what comes in one turn of the event loop goes in one batch, under one deadline; and
// what is not answered in time is decided without the engine.

import { atEndOfTurn, type Clock, type Random } from "../../../base/index.ts";
import { Breaker, type Leave } from "./breaker.ts";
import type { CommandAnswer, LimitsEngine, ShardCommand } from "./engine.ts";

/** A command and who waits for its end: exactly one of the two is called, once, and neither throws. */
export interface Errand extends ShardCommand {
  answered(answer: CommandAnswer): void;
  /** It was sent, and nobody knows what became of it. */
  lost(error: unknown): void;
}

/** The engine did not do what it was asked, or nobody knows whether it did. */
export class LimitsDownError extends Error {
  override readonly name: string = "LimitsDownError";
}

export interface LaneOptions {
  readonly engine: LimitsEngine;
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Called each time that the engine answers again. */
  readonly onBack: () => void;
}

/** Commands in one batch. */
const BATCH_MAX = 128;
/** Commands that are on their way at once: at a deadline of 30 ms, more than a hundred thousand a second. */
const IN_FLIGHT_MAX = 8_192;

export class Lane {
  readonly #options: LaneOptions;
  readonly #breaker: Breaker;
  #waiting: Errand[] = [];
  #leave: Leave = "pass";
  #inFlight = 0;
  /** Who waits until nothing is on its way. */
  #onIdle: (() => void)[] = [];
  /** Whether the last that was heard of the engine is that nothing was heard. */
  #failing = false;
  /** The engine's clock less ours, at most; undefined until it has answered once. */
  #aheadMs: number | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#breaker = new Breaker(options.random);
  }

  get isDown(): boolean {
    return this.#failing || this.#breaker.isOpen;
  }

  /** Why nothing can be sent now; undefined when something can, and then it must be, by `push`, in this same turn. */
  enter(): LimitsDownError | undefined {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#inFlight >= IN_FLIGHT_MAX) {
      return new LimitsDownError(`${this.#inFlight} calls wait for the store of the limits`);
    }
    const leave = this.#breaker.ask(nowMs);
    if (leave === "stay") return new LimitsDownError("The store of the limits does not answer");
    if (!this.#options.engine.ready()) {
      this.#failing = true;
      this.#breaker.tell(true, nowMs, leave);
      return new LimitsDownError("There is no connection to the store of the limits");
    }
    if (this.#waiting.length === 0) {
      this.#leave = leave;
      atEndOfTurn(() => this.#flush());
    }
    return undefined;
  }

  /** To go after what was pushed before, with whatever else comes in this turn. */
  push(errand: Errand): void {
    this.#waiting.push(errand);
    this.#inFlight++;
  }

  /** Resolves once nothing is on its way: when its deadline has passed at the latest. */
  idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    const leave = this.#leave;
    this.#waiting = [];
    if (waiting.length <= BATCH_MAX) this.#send(waiting, leave);
    else {
      for (let first = 0; first < waiting.length; first += BATCH_MAX) {
        this.#send(waiting.slice(first, first + BATCH_MAX), leave);
      }
    }
  }

  #send(batch: readonly Errand[], leave: Leave): void {
    const { clock, deadlineMs } = this.#options;
    let isOver = false;
    const end = (failure: unknown, answers?: readonly CommandAnswer[]) => {
      if (isOver) return;
      isOver = true;
      cancel();
      this.#end(batch, leave, failure, answers);
    };
    const cancel = clock.after(deadlineMs, () => {
      // A reply that lies in the socket already is in time, however busy this process was: the sockets are read
      // before the end of the turn.
      atEndOfTurn(() => end(new LimitsDownError(`No answer of the limits in ${deadlineMs} ms`)));
    });
    this.#ask(batch, () => !isOver).then(
      (answers) => end(undefined, answers),
      (error: unknown) => end(error ?? new LimitsDownError("The store of the limits failed")),
    );
  }

  /**
   * A batch that is overtaken by its deadline must not be counted later: not by a socket that hung, nor by a client that
   * sends again. So it says until when it is of use, by the engine's clock.
   */
  async #ask(
    batch: readonly Errand[],
    isAwaited: () => boolean,
    isSecond = false,
  ): Promise<readonly CommandAnswer[]> {
    const { engine, clock, deadlineMs } = this.#options;
    const sentMs = clock.monotonicMs();
    const notAfterMs =
      this.#aheadMs === undefined ? 0 : Math.ceil(sentMs + this.#aheadMs + 2 * deadlineMs);
    const { atMs, done, answers } = await engine.run(batch, notAfterMs);
    if (!isAwaited()) throw new LimitsDownError("The limits answered too late");
    this.#aheadMs = atMs - sentMs;
    if (done) {
      if (answers.length === batch.length) return answers;
      throw new LimitsDownError(`${answers.length} answers to ${batch.length} commands`);
    }
    // The engine's clock was set. Nothing was done, so asking again counts nothing twice.
    if (!isSecond) return this.#ask(batch, isAwaited, true);
    throw new LimitsDownError("The clock of the store of the limits does not stand still");
  }

  #end(
    batch: readonly Errand[],
    leave: Leave,
    failure: unknown,
    answers: readonly CommandAnswer[] | undefined,
  ): void {
    this.#inFlight -= batch.length;
    const wasDown = this.isDown;
    this.#breaker.tell(answers === undefined, this.#options.clock.monotonicMs(), leave);
    this.#failing = answers === undefined;
    if (answers === undefined) for (const errand of batch) errand.lost(failure);
    else {
      for (let at = 0; at < batch.length; at++) (batch[at] as Errand).answered(answers[at]);
      if (wasDown && !this.isDown) this.#options.onBack();
    }
    if (this.#inFlight === 0) for (const tell of this.#onIdle.splice(0)) tell();
  }
}
