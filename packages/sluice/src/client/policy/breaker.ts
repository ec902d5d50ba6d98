/**
 * The breaker of one operation, in stages. A server that fails partly gets no more retries; if more than half fails, fewer
 * first tries too, in proportion: to cut it off would make a partial failure a total one. A server that fails in a row is
 * down: it gets nothing but a probe now and then. Answers below 500, 429 and aborts say nothing about health, nor does a
 * failure that the next try mends.
 */
import type { Random } from "../../base/index.ts";
import { doubled } from "../decide/backoff.ts";
import { insist, numbers } from "../decide/numbers.ts";
import { Tally } from "./breaker-tally.ts";

export interface BreakerOptions {
  /**
   * Failures in a row that open it, each within a window of the last. Where calls fail now and then, so many more that
   * they are no accident. @default 5
   */
  readonly consecutive?: number;
  /** How long it stays open; twice as long each time that a probe fails, give or take a fifth. @default 1,000 */
  readonly cooldownMs?: number;
  /** A server that is back is found out within it, give or take a fifth. @default 4,000 */
  readonly cooldownMaxMs?: number;
  /** The share of failures from which on nothing is retried. @default 0.5 */
  readonly ratio?: number;
  /** Calls in the window below which the share means nothing. @default 10 */
  readonly minimum?: number;
  /** First tries are shed by what happened in four of them. @default 30,000 */
  readonly windowMs?: number;
  readonly onChange?: (state: BreakerState, nowMs: number) => void;
}

export type BreakerState = "closed" | "no_retries" | "shedding" | "open" | "half_open";

export type Admission =
  | { readonly kind: "pass" | "pass_without_retries" | "probe" }
  | { readonly kind: "refuse"; readonly retryAfterMs: number };

export interface Breaker {
  /** Before each call. */
  ask(nowMs: number, random: Random): Admission;
  /** Before each further try of a call: whether what was let pass may still go on. */
  askAgain(asked: Admission, nowMs: number): Admission;
  /**
   * After each try that says something, and at the end of each call: `ignored` where nothing was said.
   * @param waitMs what the server said to wait: a breaker that is open stays so at least as long.
   * @param asked what `ask` answered for this call: late news from before a change of state is then known as such.
   */
  tell(
    outcome: "success" | "failure" | "ignored",
    nowMs: number,
    waitMs?: number,
    asked?: Admission,
  ): void;
  readonly state: BreakerState;
}

export const BREAKER_DEFAULTS: Readonly<Required<Omit<BreakerOptions, "onChange">>> = {
  consecutive: 5,
  cooldownMs: 1_000,
  cooldownMaxMs: 4_000,
  ratio: 0.5,
  minimum: 10,
  windowMs: 30_000,
};

export function createBreaker(options: BreakerOptions = {}): Breaker {
  return new StagedBreaker(options);
}

const WINDOW_SLOTS = 10;
const SHED_SLOTS = 4 * WINDOW_SLOTS;
const SHED_MINIMUM = 20;
/** A server that still answers some is never cut off: fewer tries need not make it answer more of them. */
const SHED_MAX = 0.5;
/** So seldom may a server that fails partly look like one that is down. */
const ACCIDENT = 0.001;
/** Whatever fails more often than this is as good as down. */
const PARTLY_MAX = 0.9;
const COOLDOWN_SPREAD = 0.2;
/** It closes after three good probes of four. */
const GOOD_PROBES = 3;
const BAD_PROBES = 1;
/** A probe that has not reported by then is taken for lost. */
const PROBE_LEASE_MS = 30_000;

class StagedBreaker implements Breaker {
  readonly #settings: typeof BREAKER_DEFAULTS;
  readonly #onChange: BreakerOptions["onChange"];
  readonly #tally: Tally;
  #state: BreakerState = "closed";
  #streak = 0;
  #failedMs = 0;
  #openings = 0;
  #untilMs = 0;
  /** What the server itself said. */
  #notBeforeMs = 0;
  /** The last draw: whoever opens it has no chance at hand. */
  #luck = 0;
  #probe: Admission | undefined;
  #probeUntilMs = 0;
  #good = 0;
  #bad = 0;
  /** New ones at each closing: what was answered before is old news. */
  #pass: readonly Admission[] = passes();

  constructor({ onChange, ...given }: BreakerOptions) {
    this.#settings = settingsFrom(given);
    this.#onChange = onChange;
    this.#tally = new Tally(this.#settings.windowMs / WINDOW_SLOTS, SHED_SLOTS);
  }

  get state(): BreakerState {
    return this.#state;
  }

  get #isOpen(): boolean {
    return this.#state === "open" || this.#state === "half_open";
  }

  ask(nowMs: number, random: Random): Admission {
    this.#luck = random.float();
    return this.#isOpen ? this.#askOpen(nowMs) : this.#askClosed(nowMs);
  }

  askAgain(asked: Admission, nowMs: number): Admission {
    if (!this.#isOpen || asked === this.#probe) return asked;
    const waitMs = this.#waitMs(nowMs);
    return refuse(waitMs > 0 ? waitMs : this.#settings.cooldownMs);
  }

  tell(
    outcome: "success" | "failure" | "ignored",
    nowMs: number,
    waitMs = 0,
    asked?: Admission,
  ): void {
    const failed = outcome === "failure";
    if (failed) this.#notBeforeMs = Math.max(this.#notBeforeMs, nowMs + waitMs);
    if (this.#isOpen) {
      const probe = this.#probe;
      if (probe === undefined || (asked ?? probe) !== probe) return;
      this.#probe = undefined;
      if (outcome !== "ignored") this.#tellProbe(failed, nowMs);
    } else if (outcome !== "ignored" && (!asked || this.#pass.includes(asked))) {
      this.#tellClosed(failed, nowMs);
    }
  }

  /** The shares are those of Google's SRE book, "Handling overload": a server may get twice what it answers. */
  #askClosed(nowMs: number): Admission {
    if (this.#tally.isClean) {
      this.#move("closed", nowMs);
      return this.#pass[0] as Admission;
    }
    const { ratio, minimum, cooldownMs } = this.#settings;
    const { total, failed } = this.#tally.sum(nowMs, WINDOW_SLOTS);
    const { total: requests, failed: lost } = this.#tally.sum(nowMs, SHED_SLOTS);
    const shed = requests < SHED_MINIMUM ? 0 : (2 * lost - requests) / (requests + 1);
    const isStrained = shed > 0 || (total >= minimum && failed >= total * ratio);
    this.#move(shed > 0 ? "shedding" : isStrained ? "no_retries" : "closed", nowMs);
    if (this.#luck < Math.min(SHED_MAX, shed)) {
      this.#tally.add(nowMs, true);
      return refuse(cooldownMs);
    }
    return this.#pass[isStrained ? 1 : 0] as Admission;
  }

  #askOpen(nowMs: number): Admission {
    if (this.#state === "open") {
      const waitMs = this.#waitMs(nowMs);
      if (waitMs > 0) return refuse(waitMs);
      this.#good = this.#bad = 0;
      this.#move("half_open", nowMs);
    }
    const leaseMs = this.#probeUntilMs - nowMs;
    if (this.#probe && leaseMs > 0) return refuse(Math.min(this.#settings.cooldownMs, leaseMs));
    this.#probeUntilMs = nowMs + PROBE_LEASE_MS;
    this.#probe = { kind: "probe" };
    return this.#probe;
  }

  #waitMs(nowMs: number): number {
    return Math.max(this.#untilMs, this.#notBeforeMs) - nowMs;
  }

  /** A first probe that fails ends the matter; later ones are judged together: a server that answers some is not down. */
  #tellProbe(failed: boolean, nowMs: number): void {
    if (failed) this.#bad++;
    else this.#good++;
    if (this.#good === 0) this.#open(nowMs);
    else if (this.#good >= GOOD_PROBES || this.#bad > BAD_PROBES) {
      this.#streak = this.#openings = this.#notBeforeMs = 0;
      this.#pass = passes();
      this.#move("closed", nowMs);
    }
  }

  #tellClosed(failed: boolean, nowMs: number): void {
    this.#tally.add(nowMs, failed);
    if (!failed || nowMs - this.#failedMs > this.#settings.windowMs) this.#streak = 0;
    if (failed) {
      this.#failedMs = nowMs;
      if (++this.#streak >= this.#settings.consecutive && !this.#isAccident(nowMs)) {
        this.#open(nowMs);
      }
    } else this.#notBeforeMs = 0;
  }

  /** Whether so many in a row can well be the luck of a server that fails as often as this one did before. */
  #isAccident(nowMs: number): boolean {
    const { total, failed } = this.#tally.sum(nowMs, WINDOW_SLOTS);
    const [before, failedBefore] = [total - this.#streak, failed - this.#streak];
    if (before < this.#settings.minimum || failedBefore <= 0) return false;
    return Math.min(PARTLY_MAX, failedBefore / before) ** this.#streak > ACCIDENT;
  }

  #open(nowMs: number): void {
    const { cooldownMs, cooldownMaxMs } = this.#settings;
    const spread = 1 + COOLDOWN_SPREAD * (2 * this.#luck - 1);
    this.#untilMs = nowMs + spread * doubled(cooldownMs, ++this.#openings, cooldownMaxMs);
    this.#move("open", nowMs);
  }

  #move(next: BreakerState, nowMs: number): void {
    if (next === this.#state) return;
    this.#state = next;
    this.#onChange?.(next, nowMs);
  }
}

function passes(): readonly Admission[] {
  return [{ kind: "pass" }, { kind: "pass_without_retries" }];
}

function refuse(ms: number): Admission {
  return { kind: "refuse", retryAfterMs: Math.ceil(ms) };
}

function settingsFrom(given: Omit<BreakerOptions, "onChange">): typeof BREAKER_DEFAULTS {
  const cooldownMaxMs = Math.max(BREAKER_DEFAULTS.cooldownMaxMs, given.cooldownMs ?? 0);
  const settings = numbers("breaker", { ...BREAKER_DEFAULTS, cooldownMaxMs }, given);
  const { consecutive, minimum, ratio } = settings;
  insist(Math.min(consecutive, minimum) >= 2, "breaker: one failure must not open it");
  insist(ratio <= 1, "breaker.ratio is a share, at most 1");
  insist(settings.cooldownMs <= settings.cooldownMaxMs, "breaker: cooldownMs > cooldownMaxMs");
  return settings;
}
