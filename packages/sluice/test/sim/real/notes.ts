// What a play leaves behind, in either kind of time: each call with its beginning and end, each attempt with its moment; and the
// figures that are made of them.

import type { Onlooker, Scenario } from "../../../src/sim/index.ts";

export interface EndedCall {
  readonly caller: string;
  readonly begunMs: number;
  readonly endedMs: number;
  readonly isDone: boolean;
}

export interface SentAttempt {
  readonly caller: string;
  readonly sentMs: number;
  /** When its caller heard of its end. */
  readonly heardMs: number;
}

export class Notes {
  readonly calls: EndedCall[] = [];
  readonly attempts: SentAttempt[] = [];

  called(call: EndedCall): void {
    this.calls.push(call);
  }

  sent(attempt: SentAttempt): void {
    this.attempts.push(attempt);
  }

  /** Of a simulation. */
  readonly onlooker: Onlooker = {
    called: ({ call, begunMs, endedMs, isDone }) =>
      this.called({ caller: callerOf(call), begunMs, endedMs, isDone }),
    answered: ({ call, sentMs, endedMs }) => {
      if (!call.startsWith("probe-"))
        this.sent({ caller: callerOf(call), sentMs, heardMs: endedMs });
    },
  };
}

function callerOf(call: string): string {
  return call.slice(0, call.lastIndexOf("#"));
}

export interface Figures {
  readonly calls: number;
  readonly answered: number;
  readonly attemptsPerCall: number;
  /** Attempts that were sent while something was down, for each call that began then. */
  readonly loadMultiple: number;
  /** From the end of the outage until a caller has something done again: on average over callers. */
  readonly recoveryMs: number;
  /**
   * Of a call, on average: its time without that of its attempts. What is left are queues, pauses and waits that somebody asked
   * for, all of them timers; what a machine takes for an attempt is not in it.
   */
  readonly waitedMs: number;
}

/** Over all these plays, of callers whose name begins with one of these. */
export function figuresOf(
  plays: readonly Notes[],
  { faults }: Scenario,
  names: readonly string[],
): Figures {
  const isOf = ({ caller }: { readonly caller: string }) =>
    names.some((name) => caller.startsWith(name));
  const calls = plays.flatMap((play) => play.calls.filter(isOf));
  const attempts = plays.flatMap((play) => play.attempts.filter(isOf));
  const begins = Math.min(...faults.map(({ fromMs }) => fromMs));
  const ends = Math.max(...faults.map(({ fromMs, lengthMs }) => fromMs + lengthMs));
  const isIn = (ms: number) => ms >= begins && ms < ends;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const inCalls = sum(calls.map(({ begunMs, endedMs }) => endedMs - begunMs));
  const inAttempts = sum(attempts.map(({ sentMs, heardMs }) => heardMs - sentMs));
  const recoveries = plays.flatMap((play) => recoveriesMs(play.calls.filter(isOf), ends));
  return {
    calls: calls.length,
    answered: calls.filter(({ isDone }) => isDone).length,
    attemptsPerCall: attempts.length / calls.length,
    loadMultiple:
      attempts.filter(({ sentMs }) => isIn(sentMs)).length /
      calls.filter(({ begunMs }) => isIn(begunMs)).length,
    recoveryMs: sum(recoveries) / recoveries.length,
    waitedMs: (inCalls - inAttempts) / calls.length,
  };
}

/** How long after the outage the first call of each caller is done. */
function recoveriesMs(calls: readonly EndedCall[], endsMs: number): number[] {
  const first = new Map<string, number>();
  for (const { caller, endedMs, isDone } of calls) {
    if (!isDone || endedMs < endsMs) continue;
    first.set(caller, Math.min(first.get(caller) ?? Number.POSITIVE_INFINITY, endedMs - endsMs));
  }
  return [...first.values()];
}
