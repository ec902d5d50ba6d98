// The ground that everything stands on: time, chance, outcomes and invariants. Depends on nothing
// but the web platform.

export { assert, InvariantError, unreachable } from "./assert.ts";
export { type Awaitable, andThen, isPromise } from "./awaitable.ts";
export { joinBytes, readBytes, toHex, wordToHex } from "./bytes.ts";
export { type Clock, sleepBy, systemClock } from "./clock.ts";
export { type Digests, systemDigests } from "./digests.ts";
export { type Due, EarliestFirst } from "./earliest-first.ts";
export { freezeDeep, frozenCopy } from "./frozen.ts";
export { type OneAtATime, oneAtATime } from "./one-at-a-time.ts";
export { type Done, done, type Outcome, type Refused, refused } from "./outcome.ts";
export { type Random, seededRandom, systemRandom } from "./random.ts";
export { createRequestIds, uuidTimeMs } from "./request-id.ts";
export { atEndOfTurn } from "./turn.ts";
export { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, SECOND_MS } from "./units.ts";
export { VirtualClock } from "./virtual-clock.ts";
export { createWorld, type World, type WorldOptions } from "./world.ts";
