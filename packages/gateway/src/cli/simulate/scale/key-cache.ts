// How often a node has to look a key up: it believes one for a minute, remembers so many, and lets the one go that it has
// looked up longest ago.

import type { KeyGroup } from "./spread-of-keys.ts";

/** As the gate has it. */
const BELIEVED_S = 60;

export interface KeyCache {
  /** Over all nodes. */
  readonly lookUpsPerSecond: number;
  /** Of the requests, in percent. */
  readonly lookUpPercent: number;
  /** In each node. */
  readonly entries: number;
  /** How long a key stays in fact: shorter than believed where there is no room. */
  readonly staysS: number;
}

/**
 * A key that is asked for at `rate` and stays `T` is looked up every `T + 1 / rate`: then it is there for `T`, then nobody asks
 * for a while.
 */
export function keyCacheOf(
  groups: readonly KeyGroup[],
  { nodes, isByKey, keyCacheMax }: { nodes: number; isByKey: boolean; keyCacheMax: number },
): KeyCache {
  // Of one node: with all keys at a part of their rate, or with a part of the keys.
  const ofNode = groups.map(({ keys, perMinute }) => ({
    keys: isByKey ? keys / nodes : keys,
    rate: perMinute / 60 / (isByKey ? 1 : nodes),
  }));
  const there = (staysS: number) =>
    ofNode.reduce((sum, { keys, rate }) => sum + (keys * staysS) / (staysS + 1 / rate), 0);
  const staysS = there(BELIEVED_S) <= keyCacheMax ? BELIEVED_S : whenFull(there, keyCacheMax);
  const lookUps = ofNode.reduce((sum, { keys, rate }) => sum + keys / (staysS + 1 / rate), 0);
  const requests = ofNode.reduce((sum, { keys, rate }) => sum + keys * rate, 0);
  return {
    lookUpsPerSecond: lookUps * nodes,
    lookUpPercent: (100 * lookUps) / requests,
    entries: there(staysS),
    staysS,
  };
}

function whenFull(there: (staysS: number) => number, max: number): number {
  let [low, high] = [0, BELIEVED_S];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (there(middle) < max) low = middle;
    else high = middle;
  }
  return low;
}
