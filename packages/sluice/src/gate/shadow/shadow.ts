/**
 * A second contract beside a gate. A call costs one entry in a line when it comes and one when it is over; it is judged later, in
 * short turns, so no answer waits for it. Everything that waits is bounded, and what does not fit is counted and forgotten.
 */
import { type Awaitable, type Clock, isPromise } from "../../base/index.ts";
import type { Settings } from "../settings.ts";
import type { Job, LogRow } from "../stores.ts";
import type { Bystander, SeenCall } from "./bystander.ts";
import type { Came, Case, Sighting } from "./case.ts";
import { Judge } from "./judge.ts";
import type { ShadowOptions } from "./options.ts";
import { ownLimits } from "./own-limits.ts";
import { type Missed, type ShadowCounts, ShadowTally } from "./tally.ts";

/** Calls that are under way or wait to be judged. */
const CALLS_MAX = 10_000;
/** Bytes of their bodies and answers, once they are over. */
const BYTES_MAX = 16 * 1_048_576;
/** A turn of judging takes so long and one step more; then calls have at least so long for themselves. */
const TURN_MS = 2;
const TURN_STEPS_MAX = 256;
const REST_MS = 8;
/** The longest that one step waits for the shadow's stores. */
const PATIENCE_MS = 1_000;
/** Steps that wait for a store at once. */
const WAITING_MAX = 1_000;

/** What is kept of a call from its beginning to its judgement. */
interface Beside extends Sighting {
  opened: Awaitable<Case | undefined>;
  came: Came | undefined;
  bytes: number;
  /** Where it stands: it comes, is looked at, or is no longer judged. */
  state: "coming" | "open" | "gone";
}

export class Shadow implements Bystander {
  readonly #judge: Judge;
  readonly #clock: Clock;
  readonly #onDifference: ShadowOptions["onDifference"];
  readonly #onEvent: Settings["onEvent"];
  readonly #tally = new ShadowTally();
  /** Each call stands here twice: when it came, and when it was over. */
  #line: Beside[] = [];
  #calls = 0;
  #bytes = 0;
  #waiting = 0;
  #isDown = false;
  #cancelTurn: (() => void) | undefined;

  constructor(gate: Settings, { api, limits, onDifference }: ShadowOptions) {
    const { ledger } = gate.stores;
    this.#judge = new Judge(gate, gate.api, { api, limits: ownLimits(limits), ledger });
    this.#clock = gate.clock;
    this.#onDifference = onDifference;
    this.#onEvent = gate.onEvent;
  }

  counts(): ShadowCounts {
    return this.#tally.counts(this.#calls);
  }

  begin(seen: SeenCall): void {
    const { identity, requestId, atMs, call } = seen;
    if (identity === undefined || seen.simulation !== undefined) return;
    if (this.#calls >= CALLS_MAX) {
      this.#tally.missed("busy");
      return;
    }
    this.#calls++;
    const nowMs = seen.waited ? this.#clock.monotonicMs() : seen.startedMs;
    const { method, target } = call;
    const { subscriber } = identity;
    const beside: Beside = {
      ...{ requestId, atMs, nowMs, method, target, subscriber },
      ...{ opened: undefined, came: undefined, bytes: 0, state: "coming" },
    };
    seen.beside = beside;
    this.#stand(beside);
  }

  end(seen: SeenCall, row: LogRow | undefined): void {
    const beside = seen.beside as Beside | undefined;
    if (beside === undefined) return;
    seen.beside = undefined;
    beside.came = this.#cameOf(seen, row, beside);
    if (beside.came === undefined) this.#letGo(beside);
    else this.#stand(beside);
  }

  /** Undefined for what is not judged. */
  #cameOf(seen: SeenCall, row: LogRow | undefined, beside: Beside): Came | undefined {
    // A simulated refusal says nothing of a contract, nor does an answer for which nobody counted.
    if (row === undefined || row.simulated) return undefined;
    if (row.degraded?.startsWith("limits")) return this.#tally.missed("limits");
    const { input, work, metered, asked } = seen;
    const body = input?.bodyBytes;
    const bytes = (body?.length ?? 0) + (typeof work?.body === "string" ? work.body.length : 0);
    if (this.#bytes + bytes > BYTES_MAX) return this.#tally.missed("busy");
    beside.bytes = bytes;
    this.#bytes += bytes;
    return { row, body, work, metered, asked, hasQuery: true };
  }

  jobEnded(job: Job): void {
    this.#clock.after(0, () => {
      void this.#within("limits", () => this.#judge.jobEnded(job));
    });
  }

  /** Nothing is judged any more. */
  close(): void {
    this.#cancelTurn?.();
    this.#line = [];
    this.#calls = CALLS_MAX;
  }

  #stand(beside: Beside): void {
    this.#line.push(beside);
    this.#cancelTurn ??= this.#clock.after(0, () => this.#turn());
  }

  /** Judges those who stand in line, the first first, and leaves the others to another turn. */
  #turn(): void {
    const line = this.#line;
    const untilMs = this.#clock.monotonicMs() + TURN_MS;
    let done = 0;
    while (done < Math.min(line.length, TURN_STEPS_MAX)) {
      if (done > 0 && this.#clock.monotonicMs() >= untilMs) break;
      const beside = line[done++] as Beside;
      if (beside.state === "coming") this.#open(beside);
      else if (beside.state === "open" && beside.came !== undefined) {
        this.#close(beside, beside.came);
      }
    }
    this.#line = line.slice(done);
    const isLeft = this.#line.length > 0;
    this.#cancelTurn = isLeft ? this.#clock.after(REST_MS, () => this.#turn()) : undefined;
  }

  #open(beside: Beside): void {
    beside.state = "open";
    const step = () => this.#judge.open(beside);
    // Slots that a call gets after nobody waits for them any more.
    beside.opened = this.#within("limits", step, ({ visit }) => void this.#free(visit));
  }

  #close(beside: Beside, came: Came): void {
    void this.#conclude(beside, came).finally(() => {
      this.#calls--;
      this.#bytes -= beside.bytes;
    });
  }

  async #conclude(beside: Beside, came: Came): Promise<void> {
    const opened = await beside.opened;
    if (opened === undefined) return;
    const judged = await this.#within("funds", () => this.#judge.close(opened, came));
    if (judged === undefined) return;
    if (judged.kind === "unjudged") {
      this.#tally.missed("limits");
      return;
    }
    this.#announceBack();
    this.#tally.judged(judged.difference);
    if (judged.difference === undefined) return;
    try {
      this.#onDifference?.(judged.difference);
    } catch (error) {
      this.#announceDown(error);
    }
  }

  /** It will not be judged: what it has taken is given back. */
  #letGo(beside: Beside): void {
    this.#calls--;
    beside.state = "gone";
    const { opened } = beside;
    if (opened === undefined) return;
    void (async () => {
      const taken = await opened;
      if (taken !== undefined) await this.#free(taken.visit);
    })();
  }

  async #free(visit: Case["visit"]): Promise<void> {
    await this.#judge.free(visit).catch((error: unknown) => this.#announceDown(error));
  }

  /**
   * What a step comes to; undefined, counted and told, where it throws or takes too long. A store that never answers is asked
   * a thousand times, and then no more until it has.
   * @param onLate what becomes of an outcome that nobody waits for any more
   */
  #within<T>(
    why: Missed,
    step: () => Awaitable<T>,
    onLate: (late: T) => void = () => {},
  ): Awaitable<T | undefined> {
    if (this.#waiting >= WAITING_MAX) return this.#missed(why, new Error("nothing is answered"));
    try {
      const begun = step();
      return isPromise(begun) ? this.#wait(why, begun, onLate) : begun;
    } catch (error) {
      return this.#missed("fault", error);
    }
  }

  #wait<T>(why: Missed, begun: Promise<T>, onLate: (late: T) => void): Promise<T | undefined> {
    this.#waiting++;
    return new Promise((resolve) => {
      let isOver = false;
      const cancel = this.#clock.after(PATIENCE_MS, () => {
        isOver = true;
        resolve(this.#missed(why, new Error(`no answer within ${PATIENCE_MS} ms`)));
      });
      const conclude = (answered: () => T | undefined) => {
        this.#waiting--;
        cancel();
        resolve(answered());
      };
      begun.then(
        (outcome) => conclude(() => (isOver ? void onLate(outcome) : outcome)),
        (error: unknown) => conclude(() => (isOver ? undefined : this.#missed("fault", error))),
      );
    });
  }

  #missed(why: Missed, error: unknown): undefined {
    this.#tally.missed(why);
    this.#announceDown(error);
  }

  /** Once, however many calls it does not judge. */
  #announceDown(error: unknown): void {
    if (this.#isDown) return;
    this.#isDown = true;
    this.#onEvent({ kind: "shadow_down", error });
  }

  #announceBack(): void {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#onEvent({ kind: "shadow_back" });
  }
}
