/** Which callers' libraries are compared, each set as somebody sets it who has read its documentation. */
import type { AnyFetch, Peer } from "../../client/peer.ts";
import { axiosTuned } from "../../client/peers/axios.ts";
import { cockatielTuned } from "../../client/peers/cockatiel.ts";
import { kyTuned } from "../../client/peers/ky.ts";
import { openaiTuned } from "../../client/peers/openai.ts";
import { pRetryTuned } from "../../client/peers/p-retry.ts";
import { sluiceWithContract } from "../../client/peers/sluice.ts";
import type { ClientRow } from "../row.ts";
import { billingRefusal } from "./billing-refusal.ts";
import { keyInError } from "./key-in-error.ts";
import { lostAnswer } from "./lost-answer.ts";
import { placesGivenBack } from "./places-given-back.ts";
import { retryAfterLong, retryAfterShort } from "./retry-after-kept.ts";

/** A deadline of p-retry's ends no work, so whoever has one gives its `fetch` a signal. */
const pRetryWithSignal: Peer = {
  ...pRetryTuned,
  tuning: { ...pRetryTuned.tuning, fetch: "with a signal that aborts at the deadline" },
  open({ fetch, ...needs }) {
    const { deadlineMs } = needs;
    const bounded: AnyFetch = async (input, init) => {
      if (deadlineMs === undefined) return fetch(input, init);
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), deadlineMs);
      try {
        return await fetch(input, { ...init, signal: controller.signal });
      } finally {
        clearTimeout(timer);
      }
    };
    return pRetryTuned.open({ ...needs, fetch: bounded });
  },
};

export const PEERS: readonly Peer[] = [
  sluiceWithContract,
  pRetryWithSignal,
  cockatielTuned,
  axiosTuned,
  kyTuned,
  openaiTuned,
];

/** Of each, the packages whose versions are printed. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  [sluiceWithContract.name]: [],
  [pRetryTuned.name]: ["p-retry", "p-queue"],
  [cockatielTuned.name]: ["cockatiel"],
  [axiosTuned.name]: ["axios", "axios-retry"],
  [kyTuned.name]: ["ky"],
  [openaiTuned.name]: ["openai"],
};

export const CLIENT_ROWS: readonly ClientRow[] = [
  retryAfterShort,
  retryAfterLong,
  billingRefusal,
  lostAnswer,
  placesGivenBack,
  keyInError,
];
