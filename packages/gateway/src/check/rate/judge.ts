/** What a trace of a window shows. Each judgement holds whatever the network did: only what cannot be explained is blamed. */
import { type Exchange, headerOf, isDone } from "../exchange.ts";
import { refusalFault } from "../expected.ts";
import type { Fault } from "../promise.ts";
import type { Session } from "../session.ts";
import type { Trace } from "./trace.ts";
import { rateHeaders } from "./window.ts";

/** Of two machines that were never set to the same time. */
const CLOCK_SLACK_S = 3;

/** Exactly so many pass, one after the other. */
export function limitFaults({ burst, measured }: Trace): readonly Fault[] {
  const { limit, windowMs } = measured;
  const done = burst.filter(isDone);
  const last = burst.at(-1);
  if (last === undefined) return [];
  if (done.length < limit) {
    const found = `request ${burst.length} was answered ${last.answer?.status ?? "not at all"}`;
    return [{ exchange: last, expected: `${limit} requests pass in ${windowMs} ms`, found }];
  }
  const over = mostIn(done, windowMs);
  if (over <= limit) return [];
  const exchange = done[limit];
  return [
    { exchange, expected: `${limit} requests pass in ${windowMs} ms`, found: `${over} passed` },
  ];
}

export function refusalFaults({ refused, measured }: Trace, { target }: Session): readonly Fault[] {
  if (refused === undefined) return [];
  const { operation } = measured.reading;
  const expected = { condition: "rate_limited", operation, facts: {}, wordsKnown: true };
  const fault = refusalFault(target.api.wire, { ...refused, expected });
  return fault === undefined ? [] : [fault];
}

/** At once, no more pass than one after the other. */
export function atOnceFaults({ atOnce, ...trace }: Trace): readonly Fault[] {
  const most = mostIn(atOnce.filter(isDone), trace.measured.windowMs);
  const may = capacityOf(trace);
  if (most <= may) return [];
  const exchange = atOnce.findLast(isDone);
  return [
    { exchange, expected: `${may} of ${atOnce.length} pass at once`, found: `${most} passed` },
  ];
}

/** A window slides: no moment at which another one begins lets more pass. */
export function slidingFaults({ edge, ...trace }: Trace): readonly Fault[] {
  const { windowMs } = trace.measured;
  const most = mostIn(edge.filter(isDone), windowMs);
  const may = capacityOf(trace);
  if (most <= may) return [];
  const exchange = edge.findLast(isDone);
  const expected = `at most ${may} pass in any ${windowMs} ms, also around the end of a window`;
  return [{ exchange, expected, found: `${most} passed` }];
}

export function refusedCountedFaults({
  afterRefusals,
  refusedMeanwhile,
  measured,
}: Trace): readonly Fault[] {
  if (afterRefusals === undefined || isDone(afterRefusals)) return [];
  return [
    {
      exchange: afterRefusals,
      expected: `a pass ${measured.windowMs} ms after the last that passed, whatever was refused meanwhile`,
      found: `${afterRefusals.answer?.status}, after ${refusedMeanwhile} refusals`,
    },
  ];
}

/** `Retry-After` is the first whole second at which the same request passes, unless the contract fixes it. */
export function retryAfterFaults(session: Session, trace: Trace): readonly Fault[] {
  const { refused, early, onTime } = trace;
  const said = refused?.answer && headerOf(refused.answer, "Retry-After");
  const { wire } = session.target.api;
  const code = wire.spellings.codeOf("rate_limited", trace.measured.reading.operation, undefined);
  const policy = wire.codes[code ?? ""]?.retryAfter;
  if (policy !== undefined && "alwaysMs" in policy) {
    const fixed = String(Math.ceil(policy.alwaysMs / 1_000));
    if (said === undefined || said === fixed) return [];
    return [
      {
        exchange: refused,
        expected: `Retry-After: ${fixed}, as the contract fixes it`,
        found: said,
      },
    ];
  }
  const faults: Fault[] = [];
  if (early !== undefined && isDone(early)) {
    const expected = `a refusal more than 1 s before Retry-After (${said} s) has passed`;
    faults.push({ exchange: early, expected, found: "it passed: the wait is too long" });
  }
  if (onTime !== undefined && !isDone(onTime)) {
    const expected = `a pass once Retry-After (${said} s) has passed`;
    const found = `${onTime.answer?.status}: the wait is too short`;
    faults.push({ exchange: onTime, expected, found });
  }
  return faults;
}

/** The limit, a count that goes down by one with each request, and a moment in this window. */
export function headerFaults(trace: Trace): readonly Fault[] {
  const { measured, burst } = trace;
  // How many pass is another promise's matter; what is said must agree with it.
  const may = trace.refused === undefined ? measured.limit : burst.filter(isDone).length;
  for (const [index, exchange] of burst.entries()) {
    const { answer } = exchange;
    if (answer === undefined || !(isDone(exchange) || exchange === trace.refused)) continue;
    const { limit, remaining, reset } = rateHeaders(answer);
    const left = Math.max(0, may - index - 1);
    if (limit !== measured.limit) return [fault("limit", measured.limit, limit)];
    if (remaining !== left) return [fault("remaining", left, remaining)];
    const wrong = resetFault(exchange, reset, measured.windowMs);
    if (wrong !== undefined) return [fault("reset", wrong, JSON.stringify(reset))];

    function fault(
      what: string,
      expected: string | number,
      found: string | number | undefined,
    ): Fault {
      return { exchange, expected: `${what}: ${expected}`, found: String(found ?? "none") };
    }
  }
  return [];
}

function resetFault(
  { answer, receivedWallMs }: Exchange,
  reset: ReturnType<typeof rateHeaders>["reset"],
  windowMs: number,
): string | undefined {
  const latestS = Math.ceil(windowMs / 1_000);
  if (reset === undefined) return "when the window has room again";
  if ("inS" in reset) return reset.inS <= latestS ? undefined : `at most ${latestS} s from now`;
  const ownS = receivedWallMs / 1_000;
  // The server may have another idea of the time, which it says in Date.
  const theirs = Date.parse((answer && headerOf(answer, "Date")) ?? "") / 1_000;
  const isNear = [ownS, theirs].some(
    (nowS) => reset.atS >= nowS - CLOCK_SLACK_S && reset.atS <= nowS + latestS + CLOCK_SLACK_S,
  );
  return isNear ? undefined : `epoch seconds, at most ${latestS} s from now (${Math.floor(ownS)})`;
}

export function secondKeyFaults({ second, measured }: Trace): readonly Fault[] {
  if (second === undefined) return [];
  const passed = isDone(second);
  if (measured.window.per === "key") {
    if (second.answer?.status !== 429) return [];
    const expected = "a window of its own for another key of the account";
    return [{ exchange: second, expected, found: "429" }];
  }
  if (!passed) return [];
  const expected = "one window for all keys of the account: a refusal";
  return [{ exchange: second, expected, found: String(second.answer?.status) }];
}

/** What one after the other may pass: a limit that is off by one is one promise's matter, not all of theirs. */
function capacityOf({ burst, measured }: Pick<Trace, "burst" | "measured">): number {
  return Math.max(measured.limit, burst.filter(isDone).length);
}

/** The most that were certainly let in within less than a window: each was decided between its sending and its answer. */
function mostIn(done: readonly Exchange[], windowMs: number): number {
  let most = 0;
  for (const { sentMs } of done) {
    const within = done.filter((one) => one.sentMs >= sentMs && one.receivedMs - sentMs < windowMs);
    most = Math.max(most, within.length);
  }
  return most;
}
