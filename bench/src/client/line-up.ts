/** Who is compared. One line each: another library is another file in `peers/`. */
import type { Peer } from "./peer.ts";
import { axios, axiosTuned } from "./peers/axios.ts";
import { bareFetch } from "./peers/bare-fetch.ts";
import { bottleneck, bottleneckTuned } from "./peers/bottleneck.ts";
import { cockatiel, cockatielBreakers, cockatielTuned } from "./peers/cockatiel.ts";
import { effect, effectBreaker, effectTuned } from "./peers/effect.ts";
import { got, gotTuned } from "./peers/got.ts";
import { ky, kyTuned } from "./peers/ky.ts";
import { openai, openaiTuned } from "./peers/openai.ts";
import { opossum, opossumBreaker, opossumTuned } from "./peers/opossum.ts";
import { pRetryInQueue, pRetryTuned } from "./peers/p-retry.ts";
import { smithy, smithyTuned } from "./peers/smithy.ts";
import { undici, undiciTuned } from "./peers/undici.ts";

/** With their defaults, or what their own page shows first. */
export const DEFAULTS: readonly Peer[] = [
  bareFetch,
  ky,
  got,
  axios,
  undici,
  pRetryInQueue,
  cockatiel,
  opossum,
  bottleneck,
  openai,
  smithy,
  effect,
];

/**
 * Each as good as somebody makes it who has read its documentation; one setting for all rows, and set anew where a first
 * run showed it weak.
 */
export const TUNED: readonly Peer[] = [
  kyTuned,
  gotTuned,
  axiosTuned,
  undiciTuned,
  pRetryTuned,
  cockatielTuned,
  opossumTuned,
  bottleneckTuned,
  openaiTuned,
  smithyTuned,
  effectTuned,
];

export const PEERS: readonly Peer[] = [...DEFAULTS, ...TUNED];

/** Without retries, so that one failure is one. */
export const BREAKERS: readonly Peer[] = [...cockatielBreakers, opossumBreaker, effectBreaker];
