// Lets nothing leave that the server would refuse for its rate, and loses as little time as that allows. What the
// server says is left is a lower bound that only our own calls can lower: so many may leave at once. When it is used
// up, one call leaves as soon as every kind of server that fits all answers has room for it, and shows what is left now.
import type { RateState } from "../failure/hints.ts";
import { describedBy } from "./pacing/described.ts";
import { OthersUse } from "./pacing/others-use.ts";
import type { Flight, Pacer, Refused } from "./pacing/port.ts";
import { RoundTrips } from "./pacing/round-trips.ts";
import { SendLog } from "./pacing/send-log.ts";
import { type Sight, sightOf, usualWindowMs } from "./pacing/sight.ts";
import { type Known, Worlds } from "./pacing/worlds.ts";

export type { Flight, Pacer, Refused } from "./pacing/port.ts";

/** An exact sliding log, known from a contract. */
export interface KnownWindow {
  readonly windowMs: number;
  /** May be learned from headers only. */
  readonly limit?: number;
  /** As the contract and the headers call it. */
  readonly name?: string;
}

export interface PacerOptions {
  /** Known from a contract, where there is one. */
  readonly window?: KnownWindow;
  /**
   * Bound on how much longer one call may take to reach the server than another.
   * @default learned from round trips, 250 until then
   */
  readonly jitterMs?: number;
}

/** Before the first answer of an unknown server, one call leaves in so long: nobody knows what it allows. */
const UNKNOWN_PACE_MS = 1_000;
/** When only an answer can tell more: every answer is a moment to ask, this is for those that never come. */
const ASK_AGAIN_MS = 100;
/** The first wait after a refusal that names none; it doubles. */
const UNTOLD_WAIT_MS = 1_000;
const UNTOLD_WAIT_MAX_MS = 60_000;
/** So long after the last sign of somebody else on the key there may be more. */
const SHARED_MS = 600_000;

/** @param shared where several windows count the same calls: whoever has them all tells it of each, once. */
export function createPacer(options: PacerOptions = {}, shared?: RoundTrips): Pacer {
  return new WindowPacer(options, shared);
}

type Call = Pick<Sight, "number" | "sentMs" | "unsettled">;

class WindowPacer implements Pacer {
  readonly apart = [];
  readonly #name: string | undefined;
  readonly #isSliding: boolean;
  readonly #log: SendLog;
  readonly #trips: RoundTrips;
  readonly #isAlone: boolean;
  readonly #others = new OthersUse();
  #worlds = new Worlds();
  #limit: number | undefined;
  #windowMs: number | undefined;
  /** Up to this number calls are sure to find room. */
  #allowed: number;
  /** From then on one more is. Unknown until an answer says. */
  #nextMs = Number.POSITIVE_INFINITY;
  /** The call beyond what was allowed whose answer is awaited. */
  #probe = 0;
  #hasState = false;
  #toldResetMs = 0;
  #leastLimit = 1;
  /** The longest that a reset was ever away. */
  #longestAwayMs = 0;
  #blockedUntilMs = Number.NEGATIVE_INFINITY;
  /** The newest call when the last refusal came: what older ones say is the past. */
  #refusedAt = 0;
  #isRefused = false;
  /** Till then somebody else is thought to use the key, too. */
  #sharedUntilMs = Number.NEGATIVE_INFINITY;
  #untoldWaitMs = UNTOLD_WAIT_MS;
  #inFlight = 0;

  constructor({ window, jitterMs }: PacerOptions, shared: RoundTrips | undefined) {
    this.#name = window?.name;
    this.#isSliding = window !== undefined;
    this.#log = new SendLog(window?.limit);
    this.#limit = window?.limit;
    this.#windowMs = window?.windowMs;
    this.#isAlone = shared === undefined;
    this.#trips = shared ?? new RoundTrips(jitterMs);
    this.#allowed = Math.max(1, Math.floor((this.#limit ?? 0) / 10));
  }

  get belief() {
    const [name, limit, windowMs] = [this.#name, this.#limit, this.#windowMs];
    return { name, limit, windowMs, inFlight: this.#inFlight };
  }

  waitMs(nowMs: number): number {
    if (nowMs < this.#blockedUntilMs) return this.#blockedUntilMs - nowMs;
    // Of what no header speaks, our own calls tell: a contract's limit holds all the same.
    const ownMs = this.#hasState ? nowMs : this.#expiryMs(nowMs, this.#limit);
    if (ownMs > nowMs) return ownMs - nowMs;
    const left = this.#allowed - this.#log.total;
    // With others on the key, no more is under way than is left: the answers tell in time what the others take.
    if (left > 0) return nowMs < this.#sharedUntilMs && this.#inFlight > left ? ASK_AGAIN_MS : 0;
    const logMs = this.#logMs(nowMs);
    if (logMs <= nowMs) return 0;
    const atMs = Math.min(logMs, this.#nextMs);
    if (atMs > nowMs && atMs < Number.POSITIVE_INFINITY) return atMs - nowMs;
    return this.#mayProbe(nowMs) ? 0 : ASK_AGAIN_MS;
  }

  sent(nowMs: number): Flight {
    const unsettled = this.#trips.unsettled(nowMs, this.#inFlight, this.#log);
    if (!this.#hasState) this.#nextMs = nowMs + UNKNOWN_PACE_MS;
    const isBeyond = this.#hasState && this.#log.total >= this.#allowed;
    const isProbe = isBeyond && this.#logMs(nowMs) > nowMs;
    // What our own log let go has taken the room that the next was promised.
    if (isBeyond && !isProbe) this.#nextMs = nowMs + this.#patienceMs + this.#trips.jitterMs;
    this.#log.add(nowMs, 2 * (this.#limit ?? 0));
    this.#inFlight++;
    const call = { number: this.#log.total, sentMs: nowMs, unsettled };
    if (isProbe) this.#probe = call.number;
    return new OneFlight(this, call);
  }

  answered(
    call: Call,
    nowMs: number,
    states: readonly RateState[],
    refused: Refused | undefined,
  ): void {
    const state = states.length > 1 ? this.#own(states) : states[0];
    this.#inFlight--;
    if (this.#isAlone) this.#trips.add(nowMs - call.sentMs);
    const isProbe = this.#land(call);
    if (state !== undefined) this.#learn(state);
    if (refused !== undefined) this.#refuse(call, nowMs, refused.waitMs ?? state?.resetMs);
    else if (call.number > this.#refusedAt) {
      this.#isRefused = false;
      this.#untoldWaitMs = UNTOLD_WAIT_MS;
      if (state !== undefined) this.#allow(call, state, nowMs, isProbe);
      else if (this.#hasState) this.#stayInTheDark(isProbe, nowMs);
      else if (this.#refusedAt === 0) this.#allowed = Number.POSITIVE_INFINITY;
      else this.#allowed = Math.max(this.#allowed, this.#log.total + 2);
    }
  }

  #own(states: readonly RateState[]): RateState | undefined {
    return states.find((state) => describedBy(state, [this.belief]) !== undefined);
  }

  lost(call: Call, nowMs: number): void {
    this.#inFlight--;
    if (this.#isAlone) this.#trips.addLost(call.sentMs, nowMs);
    const isProbe = this.#land(call);
    if (isProbe || this.#hasState) this.#stayInTheDark(isProbe, nowMs);
  }

  /** When a server that keeps an exact sliding log, and others' calls in it, has room for one more. */
  #logMs(nowMs: number): number {
    const isSure = this.#isSliding && this.#hasState && !this.#isRefused;
    if (!isSure || this.#limit === undefined || nowMs < this.#sharedUntilMs) {
      return Number.POSITIVE_INFINITY;
    }
    return this.#expiryMs(nowMs, this.#limit - this.#others.at(nowMs));
  }

  /** When fewer of our calls than `usable` are in the window; at once where nobody knows its length or limit. */
  #expiryMs(nowMs: number, usable: number | undefined): number {
    const windowMs = this.#windowMs;
    if (windowMs === undefined || usable === undefined) return nowMs;
    const { total, keptMax } = this.#log;
    const most = Math.min(usable, keptMax);
    if (most <= 0) return Number.POSITIVE_INFINITY;
    if (total < most) return nowMs;
    return this.#log.timeOf(total - most + 1) + windowMs + this.#trips.jitterMs;
  }

  /** One at a time, and only once every call before it is sure to have arrived. */
  #mayProbe(nowMs: number): boolean {
    if (nowMs < this.#nextMs || this.#probe !== 0) return false;
    if (!this.#hasState) return !this.#isRefused || this.#inFlight === 0;
    if (this.#mustSeeAll && this.#inFlight > 0) return false;
    return this.#trips.unsettled(nowMs, this.#inFlight, this.#log) === 0;
  }

  get #mustSeeAll(): boolean {
    return !this.#isSliding && this.#worlds.mustSeeAll;
  }

  /** How long to wait after a probe that showed nothing: two buckets may take two windows to give room. */
  get #patienceMs(): number {
    const windowMs = this.#windowMs ?? usualWindowMs(this.#longestAwayMs);
    return windowMs * (this.#mustSeeAll ? 2 : 1);
  }

  /** Whether it was the probe. */
  #land({ number }: Call): boolean {
    if (number !== this.#probe) return false;
    this.#probe = 0;
    return true;
  }

  #learn({ limit, windowMs }: RateState): void {
    if (limit !== undefined && limit !== this.#limit) {
      if (this.#hasState) this.#worlds.distrust();
      this.#limit = limit;
    }
    if (!this.#isSliding) this.#windowMs = windowMs ?? this.#windowMs;
  }

  #allow(call: Call, state: RateState, nowMs: number, isProbe: boolean): void {
    const sight = sightOf(call, state, nowMs, this.#trips.jitterMs, this.#windowMs);
    this.#longestAwayMs = Math.max(this.#longestAwayMs, sight.leastMs);
    const most = state.remaining + this.#log.total;
    const isLess = this.#hasState && most < this.#allowed;
    if (isLess) this.#suspectOthers(nowMs);
    const least = state.remaining - call.unsettled + call.number;
    this.#allowed = this.#hasState ? Math.max(least, Math.min(this.#allowed, most)) : least;
    const known = this.#known(state);
    if (this.#isSliding && this.#windowMs !== undefined) {
      this.#others.see(sight, known, this.#windowMs);
    }
    this.#worlds.see(sight, known);
    const roomMs = this.#isSliding ? sight.resetByMs : this.#worlds.roomFromMs(sight, known);
    // Room for one more than is allowed is of no use when a lost probe may have taken it already.
    const isCurrent = least >= Math.max(this.#allowed, this.#log.total);
    const isLast = isProbe && call.number === this.#log.total;
    if (isLast || isCurrent || !(this.#hasState || this.#isSliding)) {
      this.#nextMs = roomMs;
      this.#toldResetMs = sight.resetByMs;
    } else if (!this.#hasState) {
      this.#nextMs = nowMs + this.#patienceMs + this.#trips.jitterMs;
    } else if (isLess || sight.resetFromMs > this.#toldResetMs) {
      this.#nextMs = Math.max(this.#nextMs, roomMs);
    }
    this.#hasState = true;
  }

  #refuse({ number }: Call, nowMs: number, toldMs: number | undefined): void {
    const isNew = number > this.#refusedAt;
    const waitMs = toldMs ?? this.#untoldWaitMs;
    if (isNew) this.#untoldWaitMs = Math.min(2 * this.#untoldWaitMs, UNTOLD_WAIT_MAX_MS);
    this.#suspectOthers(nowMs);
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + waitMs);
    this.#nextMs = this.#blockedUntilMs;
    this.#refusedAt = this.#allowed = this.#log.total;
    this.#isRefused = true;
  }

  /** A call showed nothing. Where it stands among two buckets matters to those after it, too. */
  #stayInTheDark(isProbe: boolean, nowMs: number): void {
    if (!isProbe && !this.#mustSeeAll) return;
    this.#nextMs = Math.max(this.#nextMs, nowMs + this.#patienceMs);
  }

  #suspectOthers(nowMs: number): void {
    this.#sharedUntilMs = nowMs + SHARED_MS;
    this.#worlds.distrust();
  }

  #known({ remaining }: RateState): Known {
    const log = this.#log;
    this.#leastLimit = Math.max(this.#leastLimit, remaining + 1);
    return {
      log,
      allowed: this.#allowed,
      limit: this.#limit ?? this.#leastLimit,
      windowMs: this.#windowMs,
      jitterMs: this.#trips.jitterMs,
    };
  }
}

class OneFlight implements Flight {
  readonly #pacer: WindowPacer;
  readonly #call: Call;

  constructor(pacer: WindowPacer, call: Call) {
    this.#pacer = pacer;
    this.#call = call;
  }

  answered(nowMs: number, states: readonly RateState[], refused?: Refused): void {
    this.#pacer.answered(this.#call, nowMs, states, refused);
  }

  lost(nowMs: number): void {
    this.#pacer.lost(this.#call, nowMs);
  }
}
