// Denials that hold for a while: what an exact window has refused it refuses until its oldest place comes free, so asking
// again before that is of no use. Exact, not a guess: nobody is refused who would have been admitted.

import type { Admission, LimitRefused, WindowClaim } from "../../../gate/stores.ts";

/** Not longer, since an operator may clear a counter and a server's clock may be set. */
const HOLD_MAX_MS = 1_000;
const DENIALS_MAX = 10_000;
const NO_SLOTS: readonly number[] = [];

interface Denial {
  readonly claims: readonly WindowClaim[];
  readonly verdict: LimitRefused;
  /** When it was asked for: the denial holds from an instant that is not earlier. */
  readonly askedMs: number;
  /** When the answer was there: a wait that is counted from here is never too short. */
  readonly heardMs: number;
  readonly untilMs: number;
}

export class Denials {
  /** By each window that was asked for; the oldest entry goes when there are too many. */
  readonly #byWindow = new Map<string, Denial>();

  get size(): number {
    return this.#byWindow.size;
  }

  /**
   * The same refusal again, as it stands now; undefined when the engine has to be asked. A call that takes slots asks always: how
   * many are taken, whoever has them, nobody knows here.
   */
  find({ windows, slots }: Admission, nowMs: number): LimitRefused | undefined {
    const first = windows[0];
    if (first === undefined || slots.length > 0 || this.#byWindow.size === 0) return undefined;
    const denial = this.#byWindow.get(first.id);
    if (denial === undefined || nowMs >= denial.untilMs || nowMs < denial.askedMs) return undefined;
    if (!sameClaims(denial.claims, windows)) return undefined;
    const passedMs = nowMs - denial.heardMs;
    const { verdict } = denial;
    return {
      ...verdict,
      slotsTaken: NO_SLOTS,
      windows: verdict.windows.map(({ remaining, resetMs }) => ({
        remaining,
        resetMs: resetMs === 0 ? 0 : resetMs - passedMs,
      })),
      retryAfterMs: verdict.retryAfterMs - passedMs,
    };
  }

  add(
    claims: readonly WindowClaim[],
    verdict: LimitRefused,
    askedMs: number,
    heardMs: number,
  ): void {
    if (verdict.refusedBy.kind !== "window") return;
    // Until the first place of any window comes free nothing changes by itself. The engine's clock ticks in whole
    // milliseconds, so its places come free up to one earlier than it says.
    let holdMs = Math.min(HOLD_MAX_MS, verdict.retryAfterMs);
    for (const { resetMs } of verdict.windows) if (resetMs > 0) holdMs = Math.min(holdMs, resetMs);
    const denial = { claims, verdict, askedMs, heardMs, untilMs: askedMs + holdMs - 1 };
    for (const { id } of claims) this.#keep(id, denial);
  }

  /** This process took places: what was said of these windows is no longer true. */
  taken(claims: readonly WindowClaim[]): void {
    if (this.#byWindow.size === 0) return;
    for (const { id } of claims) {
      const denial = this.#byWindow.get(id);
      if (denial === undefined) continue;
      for (const claim of denial.claims) this.#byWindow.delete(claim.id);
    }
  }

  #keep(id: string, denial: Denial): void {
    this.#byWindow.delete(id);
    this.#byWindow.set(id, denial);
    if (this.#byWindow.size <= DENIALS_MAX) return;
    for (const oldest of this.#byWindow.keys()) {
      this.#byWindow.delete(oldest);
      return;
    }
  }
}

function sameClaims(known: readonly WindowClaim[], asked: readonly WindowClaim[]): boolean {
  if (known === asked) return true;
  return (
    known.length === asked.length &&
    known.every((claim, at) => {
      const other = asked[at];
      return (
        claim.id === other?.id &&
        claim.limit === other.limit &&
        claim.windowMs === other.windowMs &&
        claim.cost === other.cost
      );
    })
  );
}
