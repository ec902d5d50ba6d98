// Decisions of this process alone, while the engine cannot be asked: an exact window of its own bounds what it admits, and
// what the engine never heard of is told to it afterwards, so that it counts there too.

import type { Clock } from "../../../base/index.ts";
import type {
  Admission,
  Admitted,
  LimitRefused,
  SlotClaim,
  WindowClaim,
} from "../../../gate/stores.ts";
import { MemoryLimits } from "../../memory/index.ts";
import { type Command, type ShardCommand, shardOf } from "./engine.ts";

/** What this process admitted in one window, and the engine was never asked. */
interface Unheard {
  readonly shard: number;
  readonly claim: WindowClaim;
  readonly places: { readonly takenMs: number; readonly cost: number }[];
  sum: number;
}

/** Windows that are remembered for the engine; what is admitted in others after that it never hears of. */
const UNHEARD_MAX = 100_000;
const NOTHING: readonly ShardCommand[] = [];

export class LocalLimits {
  readonly #clock: Clock;
  #memory = new MemoryLimits();
  readonly #unheard = new Map<string, Unheard>();
  /** From then on nothing in it counts any more. */
  #staleMs = 0;
  #isUsed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param isUnheard The engine was not asked, so it may be told afterwards. What was sent and not answered it may have
   *   counted: told again, it would count twice.
   * @param held The slots that this process holds when an outage begins.
   */
  admit(
    admission: Admission,
    nowMs: number,
    isUnheard: boolean,
    held: () => readonly SlotClaim[],
  ): Admitted | LimitRefused {
    if (!this.#isUsed) this.#begin(nowMs, held());
    const verdict = this.#memory.admit(admission, nowMs);
    if (!verdict.admitted) return verdict;
    const takenMs = this.#clock.monotonicMs();
    for (const { windowMs } of admission.windows) {
      this.#staleMs = Math.max(this.#staleMs, takenMs + windowMs);
    }
    if (isUnheard) this.#remember(admission);
    return verdict;
  }

  release(slots: readonly SlotClaim[]): void {
    this.#memory.release(slots);
  }

  /** The engine answers again: the next outage asks anew which slots are held. */
  end(): void {
    this.#isUsed = false;
  }

  /** Takes out what the engine never heard of these windows, as the commands that tell it. */
  takeUnheard(windows: readonly { readonly id: string }[]): readonly ShardCommand[] {
    if (this.#unheard.size === 0) return NOTHING;
    const taken: ShardCommand[] = [];
    for (const { id } of windows) {
      const unheard = this.#unheard.get(id);
      if (unheard === undefined) continue;
      this.#unheard.delete(id);
      taken.push({ shard: unheard.shard, command: this.#post(unheard) });
    }
    return taken;
  }

  /** Some windows that the engine has to be told of, of the shards that are asked for. */
  someUnheard(most: number, inPart: (shard: number) => boolean): { readonly id: string }[] {
    const found: { id: string }[] = [];
    for (const [id, { shard }] of this.#unheard) {
      if (found.length === most) break;
      if (inPart(shard)) found.push({ id });
    }
    return found;
  }

  /** What the windows hold from an earlier outage goes on counting for as long as it can. */
  #begin(nowMs: number, held: readonly SlotClaim[]): void {
    this.#isUsed = true;
    if (this.#clock.monotonicMs() >= this.#staleMs) this.#memory = new MemoryLimits();
    for (const claim of held) {
      const slot = { ...claim, limit: Number.POSITIVE_INFINITY };
      this.#memory.admit({ windows: [], slots: [slot] }, nowMs);
    }
  }

  #remember({ windows, owner = "" }: Admission): void {
    const takenMs = this.#clock.monotonicMs();
    for (const claim of windows) {
      const unheard = this.#unheardOf(claim, shardOf(owner));
      if (unheard === undefined) continue;
      unheard.places.push({ takenMs, cost: claim.cost });
      unheard.sum += claim.cost;
      keepNewest(unheard);
    }
  }

  #unheardOf(claim: WindowClaim, shard: number): Unheard | undefined {
    const known = this.#unheard.get(claim.id);
    // The latest claim has the limit and the length that count now.
    const places = known?.places ?? [];
    if (known === undefined && this.#unheard.size >= UNHEARD_MAX) return undefined;
    const unheard = { shard, claim, places, sum: known?.sum ?? 0 };
    this.#unheard.set(claim.id, unheard);
    return unheard;
  }

  #post({ claim: { id, limit, windowMs }, places }: Unheard): Command {
    const nowMs = this.#clock.monotonicMs();
    const past = places.map(({ takenMs, cost }) => ({ ageMs: nowMs - takenMs, cost }));
    return {
      kind: "post",
      id,
      limit,
      windowMs,
      places: past.filter(({ ageMs }) => ageMs < windowMs),
    };
  }
}

/** More than the limit is never told: the newest so many fill the window. */
function keepNewest(unheard: Unheard): void {
  while (unheard.sum > unheard.claim.limit) {
    const oldest = unheard.places.shift();
    if (oldest === undefined) return;
    unheard.sum -= oldest.cost;
  }
}
