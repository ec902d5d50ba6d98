// Limits that are counted far away. THE ORDER of one decision: what is known here already; the engine; and where that
// does not answer in time, what the admission asks for: this process alone, or an error for the gate to judge.

import type { Awaitable, Clock, Random } from "../../../base/index.ts";
import type { Admission, Admitted, LimitRefused, Limits, SlotClaim } from "../../../gate/stores.ts";
import { assertDifferent, refuseCost } from "../../claims/index.ts";
import { Denials } from "./denials.ts";
import { type Command, type CommandAnswer, type LimitsEngine, shardOf } from "./engine.ts";
import { type Errand, Lane } from "./lane.ts";
import { Leases } from "./leases.ts";
import { LocalLimits } from "./local-limits.ts";

export interface DistantLimitsOptions {
  readonly engine: LimitsEngine;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly random: Random;
}

type Verdict = Admitted | LimitRefused;

/** Windows that the engine is told of in one batch, after an outage. */
const TOLD_AT_ONCE = 64;
const NOBODY = () => undefined;

export class DistantLimits implements Limits {
  readonly #clock: Clock;
  readonly #lanes: readonly Lane[];
  readonly #denials = new Denials();
  readonly #local: LocalLimits;
  readonly #leases: Leases;

  constructor({ engine, clock, random, deadlineMs, leaseMs }: DistantLimitsOptions) {
    this.#clock = clock;
    this.#lanes = Array.from({ length: engine.parts }, (_, part) => {
      const onBack = () => this.#comeBack(part);
      return new Lane({ engine, clock, random, deadlineMs, onBack });
    });
    this.#local = new LocalLimits(clock);
    const send = (shard: number, command: Command, onLost: () => void) =>
      this.#send(shard, command, onLost);
    this.#leases = new Leases({ leaseMs, clock, send });
  }

  get jobLeaseMs(): number {
    return this.#leases.leaseMs;
  }

  get partlyDown(): boolean {
    for (const { isDown } of this.#lanes) if (isDown) return true;
    return false;
  }

  admit(admission: Admission, nowMs: number): Awaitable<Verdict> {
    checkClaims(admission);
    const known = this.#denials.find(admission, nowMs);
    if (known !== undefined) return known;
    const shard = shardOf(admission.owner ?? "");
    const lane = this.#lane(shard);
    this.#leases.leave(admission.slots);
    const reason = lane.enter();
    if (reason !== undefined) return this.#decideHere(admission, nowMs, reason, true);
    // What was admitted here in the engine's absence comes before what is asked of it now.
    for (const unheard of this.#local.takeUnheard(admission.windows)) {
      lane.push({ ...unheard, answered: NOBODY, lost: NOBODY });
    }
    return new Promise((resolve, reject) => {
      lane.push(this.#question(shard, admission, nowMs, resolve, reject));
    });
  }

  release(slots: readonly SlotClaim[], owner = ""): void {
    this.#local.release(slots);
    this.#leases.release(slots, owner);
  }

  /**
   * Gives back the slots of calls that still run; what was left to jobs stays theirs for a lease. Resolves once the engine has
   * heard of all that was given back, or its deadline has passed: then its client may be closed.
   */
  async close(): Promise<void> {
    this.#leases.close();
    await Promise.all(this.#lanes.map((lane) => lane.idle()));
  }

  #question(
    shard: number,
    admission: Admission,
    nowMs: number,
    resolve: (verdict: Verdict) => void,
    reject: (error: unknown) => void,
  ): Errand {
    const { windows, slots, owner = "" } = admission;
    const askedMs = this.#clock.monotonicMs();
    const shortened = this.#leases.shortened(slots);
    const asked = shortened === slots ? admission : { ...admission, slots: shortened };
    return {
      shard,
      command: { kind: "admit", admission: asked, nowMs },
      answered: (answer: CommandAnswer) => {
        const verdict = answer as Verdict;
        if (verdict.admitted) {
          this.#denials.taken(windows);
          if (slots.length > 0) this.#leases.hold(slots, owner);
        } else {
          const tookMs = this.#clock.monotonicMs() - askedMs;
          this.#denials.add(windows, verdict, nowMs, nowMs + tookMs);
        }
        resolve(verdict);
      },
      lost: (error) => {
        try {
          resolve(this.#decideHere(admission, nowMs, error, false));
        } catch (unanswered) {
          reject(unanswered);
        }
      },
    };
  }

  #decideHere(admission: Admission, nowMs: number, cause: unknown, isUnheard: boolean): Verdict {
    const { slots, owner = "" } = admission;
    if (admission.whenDown !== "local") {
      this.#leases.oweJobs(slots, owner);
      throw cause;
    }
    const verdict = this.#local.admit(admission, nowMs, isUnheard, () => this.#leases.claims());
    if (verdict.admitted) this.#leases.hold(slots, owner);
    // The engine may have given what is refused here.
    else if (!isUnheard) this.#leases.release(slots, owner);
    this.#leases.oweJobs(slots, owner);
    return { ...verdict, local: { cause } };
  }

  #comeBack(part: number): void {
    this.#leases.catchUp();
    if (!this.partlyDown) this.#local.end();
    this.#tellUnheard(part);
  }

  /** Batch after batch, among the decisions of callers. */
  #tellUnheard(part: number): void {
    const isHere = (shard: number) => shard % this.#lanes.length === part;
    const windows = this.#local.someUnheard(TOLD_AT_ONCE, isHere);
    const lane = this.#lanes[part] as Lane;
    if (windows.length === 0 || lane.enter() !== undefined) return;
    const told = this.#local.takeUnheard(windows);
    for (const [at, unheard] of told.entries()) {
      const answered = at === told.length - 1 ? () => this.#tellUnheard(part) : NOBODY;
      lane.push({ ...unheard, answered, lost: NOBODY });
    }
  }

  #send(shard: number, command: Command, lost: () => void): boolean {
    const lane = this.#lane(shard);
    if (lane.enter() !== undefined) return false;
    lane.push({ shard, command, answered: NOBODY, lost });
    return true;
  }

  #lane(shard: number): Lane {
    return this.#lanes[shard % this.#lanes.length] as Lane;
  }
}

function checkClaims({ windows, slots }: Admission): void {
  for (const claim of windows) if (!(claim.cost >= 1)) refuseCost(claim);
  assertDifferent(windows);
  assertDifferent(slots);
}
