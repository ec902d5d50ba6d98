// The batcher: callers hand in commands one by one, the engine gets them in batches, and each
// caller hears of its own command only.

import { assert, type Clock, type Outcome, systemClock } from "../../base/index.ts";
import { BatchError } from "./batch-error.ts";

/** What runs batches. */
export interface BatchEngine<Command, Value> {
  /**
   * Runs the commands in order, as one step, and answers for each. Called again only once the last
   * batch has ended. A rejection is the failure of every command of this batch, and of no other.
   */
  run(batch: readonly Command[]): Promise<readonly Outcome<Value, unknown>[]>;
}

export interface BatcherOptions<Command, Value> {
  readonly engine: BatchEngine<Command, Value>;
  /** Commands in one batch. @default 512 */
  readonly batchMax?: number;
  /** Commands that may wait; one more is refused as overloaded. @default 10,000 */
  readonly queueMax?: number;
  /** A batch that takes longer is not waited for. @default 10,000 */
  readonly stallMs?: number;
  readonly clock?: Clock;
}

export interface Batcher<Command, Value> {
  /** Resolves with the command's value, rejects with its error. Runs in the order of submission. */
  submit(command: Command): Promise<Value>;
  /** Commands that wait for a batch. */
  readonly waiting: number;
  /** Whether a batch is in flight. */
  readonly busy: boolean;
  /** Refuses what comes from now on; resolves when everything that had come was answered. */
  close(): Promise<void>;
}

export function createBatcher<Command, Value>(
  options: BatcherOptions<Command, Value>,
): Batcher<Command, Value> {
  return new NaturalBatcher(options);
}

/** A caller who waits. */
interface Waiter<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

class NaturalBatcher<Command, Value> implements Batcher<Command, Value> {
  readonly #engine: BatchEngine<Command, Value>;
  readonly #batchMax: number;
  readonly #queueMax: number;
  readonly #stallMs: number;
  readonly #clock: Clock;
  /** Two lists in step, so that the commands can be handed on as they are. */
  #commands: Command[] = [];
  #waiters: Waiter<Value>[] = [];
  #busy = false;
  #scheduled = false;
  /** The batch in flight has taken too long; its callers have been told. */
  #stalled = false;
  #closed = false;
  #onIdle: (() => void)[] = [];

  constructor(options: BatcherOptions<Command, Value>) {
    this.#engine = options.engine;
    this.#batchMax = atLeastOne(options.batchMax ?? 512, "batchMax");
    this.#queueMax = atLeastOne(options.queueMax ?? 10_000, "queueMax");
    this.#stallMs = atLeastOne(options.stallMs ?? 10_000, "stallMs");
    this.#clock = options.clock ?? systemClock;
  }

  get waiting(): number {
    return this.#commands.length;
  }

  get busy(): boolean {
    return this.#busy;
  }

  submit(command: Command): Promise<Value> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal !== undefined) {
        reject(refusal);
        return;
      }
      this.#commands.push(command);
      this.#waiters.push({ resolve, reject });
      if (this.#busy || this.#scheduled) return;
      // At the end of this turn: what is handed in together goes together.
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#send();
      });
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
      this.#tellIfIdle();
    });
  }

  #refusal(): BatchError | undefined {
    if (this.#closed) return new BatchError("closed", "The store is closed");
    if (this.#stalled) return new BatchError("stalled", "The store does not answer");
    if (this.#commands.length < this.#queueMax) return undefined;
    return new BatchError("overloaded", `The store is overloaded: ${this.#queueMax} calls wait`);
  }

  #send(): void {
    if (this.#busy || this.#commands.length === 0) return;
    const [commands, waiters] = this.#take();
    this.#busy = true;
    // Whoever has been told that the batch takes too long must not be told again.
    let waited: readonly Waiter<Value>[] = waiters;
    const cancel = this.#clock.after(this.#stallMs, () => {
      const told = waited;
      waited = [];
      this.#stall(told);
    });
    const end = (tell: (waiters: readonly Waiter<Value>[]) => void) => {
      cancel();
      this.#busy = false;
      this.#stalled = false;
      // The next batch first: the engine works while the callers of this one go on.
      this.#send();
      tell(waited);
      this.#tellIfIdle();
    };
    this.#run(commands).then(
      (outcomes) => end((told) => answer(told, outcomes)),
      (error: unknown) => end((told) => fail(told, error)),
    );
  }

  /** An engine that throws at once fails its batch like one that rejects. */
  async #run(commands: readonly Command[]): Promise<readonly Outcome<Value, unknown>[]> {
    const outcomes = await this.#engine.run(commands);
    if (outcomes.length === commands.length) return outcomes;
    const message = `The engine answered ${outcomes.length} of ${commands.length} commands`;
    throw new BatchError("broken", message);
  }

  #take(): readonly [Command[], Waiter<Value>[]] {
    if (this.#commands.length > this.#batchMax) {
      return [this.#commands.splice(0, this.#batchMax), this.#waiters.splice(0, this.#batchMax)];
    }
    const taken = [this.#commands, this.#waiters] as const;
    this.#commands = [];
    this.#waiters = [];
    return taken;
  }

  /** Nobody waits for an engine that hangs: not those in flight, whose outcome is unknown, nor the rest. */
  #stall(inFlight: readonly Waiter<Value>[]): void {
    this.#stalled = true;
    const waiting = this.#waiters;
    this.#commands = [];
    this.#waiters = [];
    const message = `The store has not answered for ${this.#stallMs} ms`;
    fail(inFlight, new BatchError("stalled", `${message}: whether this was done is unknown`));
    fail(waiting, new BatchError("stalled", `${message}: this was not done`));
    this.#tellIfIdle();
  }

  #tellIfIdle(): void {
    if (this.#waiters.length > 0 || (this.#busy && !this.#stalled)) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

function answer<Value>(
  waiters: readonly Waiter<Value>[],
  outcomes: readonly Outcome<Value, unknown>[],
): void {
  for (const [at, { resolve, reject }] of waiters.entries()) {
    const outcome = outcomes[at];
    if (outcome?.ok) resolve(outcome.value);
    else reject(outcome?.no);
  }
}

function fail<Value>(waiters: readonly Waiter<Value>[], error: unknown): void {
  for (const { reject } of waiters) reject(error);
}

function atLeastOne(value: number, name: string): number {
  assert(value >= 1, () => `${name} must be 1 or more, got ${value}`);
  return value;
}
