/** A window filled in every way in which a limiter can be wrong; what is seen is judged afterwards. */
import type { CheckRequest, Exchange } from "../exchange.ts";
import { headerOf, isDone } from "../exchange.ts";
import { operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import type { Measured } from "./window.ts";

export interface Trace {
  readonly measured: Measured;
  /** One after the other into a fresh window, up to the first that is refused. */
  readonly burst: readonly Exchange[];
  readonly refused: Exchange | undefined;
  /** By another key of the account while the first is full. */
  readonly second: Exchange | undefined;
  /** More than a second before the wait is over, and when it is. */
  readonly early: Exchange | undefined;
  readonly onTime: Exchange | undefined;
  /** So many at once into a fresh window. */
  readonly atOnce: readonly Exchange[];
  /** Once those that were let in have left the window, whatever was refused meanwhile. */
  readonly afterRefusals: Exchange | undefined;
  readonly refusedMeanwhile: number;
  /** Around the edge of a window. */
  readonly edge: readonly Exchange[];
}

/** Further than an exact limiter goes; enough to see that there is none. */
const OVER_MAX = 5;
/** What two clocks and a network may differ by. */
const SLACK_MS = 40;

export async function traceOf(session: Session, measured: Measured): Promise<Trace> {
  const filler = new Filler(session, measured);
  await filler.quiet();
  const burst = await filler.untilRefused(measured.limit + OVER_MAX);
  const refused = burst.find((one) => !isDone(one));
  const second = await filler.bySecondKey();
  const { early, onTime } = await filler.comeBack(refused);
  await filler.quiet();
  const atOnce = await filler.atOnce(measured.limit + OVER_MAX);
  await filler.quiet();
  const { afterRefusals, refusedMeanwhile } = await filler.persist();
  await filler.quiet();
  const edge = await filler.aroundEdge();
  await filler.quiet();
  return {
    measured,
    burst,
    refused,
    second,
    early,
    onTime,
    atOnce,
    afterRefusals,
    refusedMeanwhile,
    edge,
  };
}

class Filler {
  readonly #session: Session;
  readonly #measured: Measured;
  #lastMs: number;

  constructor(session: Session, measured: Measured) {
    this.#session = session;
    this.#measured = measured;
    this.#lastMs = session.clock.monotonicMs();
  }

  /** Until nothing of before is in any window. */
  async quiet(): Promise<void> {
    await this.#waitUntil(this.#lastMs + this.#measured.windowMs + SLACK_MS);
  }

  async untilRefused(max: number): Promise<readonly Exchange[]> {
    const seen: Exchange[] = [];
    while (seen.length < max) {
      const exchange = await this.#ask();
      seen.push(exchange);
      if (!isDone(exchange)) break;
    }
    return seen;
  }

  async atOnce(count: number): Promise<readonly Exchange[]> {
    return Promise.all(Array.from({ length: count }, () => this.#ask()));
  }

  async bySecondKey(): Promise<Exchange | undefined> {
    const { target } = this.#session;
    if (target.keys.second === undefined) return undefined;
    const { operation } = this.#measured.reading;
    return this.#ask(sendable(operationRequest(target, operation), target.keys.second));
  }

  /** Comes back when it was told to, and once before. */
  async comeBack(refused: Exchange | undefined): Promise<Pick<Trace, "early" | "onTime">> {
    const seconds = Number(refused?.answer && headerOf(refused.answer, "Retry-After"));
    if (refused === undefined || !Number.isInteger(seconds) || seconds < 1) {
      return { early: undefined, onTime: undefined };
    }
    const waitMs = seconds * 1_000;
    let early: Exchange | undefined;
    const earlyMs = refused.sentMs + waitMs - 1_000 - 2 * SLACK_MS;
    if (earlyMs > refused.receivedMs) {
      await this.#waitUntil(earlyMs);
      early = await this.#ask();
      // A slow answer may have been decided later than is of use.
      if (early.receivedMs >= refused.sentMs + waitMs - 1_000) early = undefined;
    }
    await this.#waitUntil(refused.receivedMs + waitMs);
    return { early, onTime: await this.#ask() };
  }

  /** Goes on asking while it is refused. */
  async persist(): Promise<Pick<Trace, "afterRefusals" | "refusedMeanwhile">> {
    const { limit, windowMs } = this.#measured;
    const filled = await this.untilRefused(limit + OVER_MAX);
    const lastDone = filled.findLast(isDone);
    await this.#waitUntil((filled[0]?.sentMs ?? 0) + windowMs / 2);
    let refusedMeanwhile = 0;
    for (let asked = 0; asked < limit; asked++) {
      if (!isDone(await this.#ask())) refusedMeanwhile++;
    }
    if (lastDone === undefined) return { afterRefusals: undefined, refusedMeanwhile };
    await this.#waitUntil(lastDone.receivedMs + windowMs + SLACK_MS);
    return { afterRefusals: await this.#ask(), refusedMeanwhile };
  }

  /**
   * One at the beginning of a window, whether it begins with the first request or with the clock; the rest just before its
   * end; and as many as pass just behind it.
   */
  async aroundEdge(): Promise<readonly Exchange[]> {
    const { limit, windowMs } = this.#measured;
    const { clock } = this.#session;
    const untilEdgeMs = windowMs - (clock.wallMs() % windowMs);
    await this.#waitUntil(clock.monotonicMs() + untilEdgeMs + SLACK_MS);
    const [first] = await this.untilRefused(1);
    const startMs = first?.sentMs ?? clock.monotonicMs();
    await this.#waitUntil(startMs + windowMs * 0.85);
    const late = await this.untilRefused(limit - 1);
    await this.#waitUntil((first?.receivedMs ?? startMs) + windowMs + SLACK_MS);
    const behind = await this.untilRefused(limit);
    return [...(first ? [first] : []), ...late, ...behind];
  }

  async #waitUntil(ms: number): Promise<void> {
    const waitMs = ms - this.#session.clock.monotonicMs();
    if (waitMs > 0) await this.#session.wait("the rate window", waitMs);
  }

  async #ask(request: CheckRequest = this.#measured.reading.request): Promise<Exchange> {
    const exchange = await this.#session.ask(request, { asItComes: true });
    this.#lastMs = this.#session.clock.monotonicMs();
    return exchange;
  }
}
