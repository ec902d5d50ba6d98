/** Who is compared. One line each: another library is another file in `peers/`. */
import type { Peer } from "./peer.ts";
import { axios } from "./peers/axios.ts";
import { bareFetch } from "./peers/bare-fetch.ts";
import { bottleneck } from "./peers/bottleneck.ts";
import { cockatiel, cockatielBreakers } from "./peers/cockatiel.ts";
import { effect, effectBreaker } from "./peers/effect.ts";
import { ky } from "./peers/ky.ts";
import { openai } from "./peers/openai.ts";
import { opossum, opossumBreaker } from "./peers/opossum.ts";
import { pRetryInQueue } from "./peers/p-retry.ts";

export const PEERS: readonly Peer[] = [
  bareFetch,
  ky,
  axios,
  pRetryInQueue,
  cockatiel,
  opossum,
  bottleneck,
  openai,
  effect,
];

/** Without retries, so that one failure is one. */
export const BREAKERS: readonly Peer[] = [...cockatielBreakers, opossumBreaker, effectBreaker];
