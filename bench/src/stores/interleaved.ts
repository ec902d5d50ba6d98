// Two sides in one process, in turn for a quarter of a second each: what slows the machine for longer
// than that slows both, so their ratio holds while their rates do not.

import type { Awaitable } from "sluice/base";

/** Work done in a stretch of time; the time is the true one, not the one that was asked for. */
export interface Stretch {
  readonly done: number;
  readonly elapsedMs: number;
}

export interface Side {
  run(forMs: number): Awaitable<Stretch>;
  /** Forgets what it has seen, after the warm-up. */
  forget?(): void;
}

/** What each side did a second, in one round. */
export interface Rates {
  readonly first: number;
  readonly second: number;
}

const TURN_MS = 250;
const WARM_UP_TURNS = 4;

export async function interleave(
  first: Side,
  second: Side,
  plan: { readonly rounds: number; readonly seconds: number },
  onRound: (rates: Rates, number: number) => void,
): Promise<readonly Rates[]> {
  const turns = Math.max(2, Math.round((plan.seconds * 1_000) / TURN_MS / 2));
  await takeTurns(first, second, WARM_UP_TURNS);
  first.forget?.();
  second.forget?.();
  const rounds: Rates[] = [];
  while (rounds.length < plan.rounds) {
    const rates = await takeTurns(first, second, turns);
    rounds.push(rates);
    onRound(rates, rounds.length);
  }
  return rounds;
}

/** Who begins alternates. */
async function takeTurns(first: Side, second: Side, turns: number): Promise<Rates> {
  const sums = { first: { done: 0, elapsedMs: 0 }, second: { done: 0, elapsedMs: 0 } };
  for (let turn = 0; turn < turns; turn++) {
    const order = turn % 2 === 0 ? (["first", "second"] as const) : (["second", "first"] as const);
    for (const which of order) {
      const { done, elapsedMs } = await (which === "first" ? first : second).run(TURN_MS);
      sums[which].done += done;
      sums[which].elapsedMs += elapsedMs;
    }
  }
  return { first: perSecond(sums.first), second: perSecond(sums.second) };
}

function perSecond({ done, elapsedMs }: Stretch): number {
  return (done * 1_000) / elapsedMs;
}
