/** A server that says when: a client that comes then, once, and not before. */
import { playRetryAfter } from "../../client/rows/retry-after.ts";
import { virtually } from "../../client/stage.ts";
import { finding } from "../finding.ts";
import type { ClientRow } from "../row.ts";

const SHORT_MS = 12_000;
const LONG_MS = 61_000;
/** For the ways, and for jitter that keeps a crowd from coming at once. */
const LATE_MS = 4_000;

export const retryAfterShort: ClientRow = {
  name: "Retry-After: 12",
  asked: "The call comes again when the server said, not before, and gets in.",
  trace: "A server refuses with 429 for 12 s and counts the seconds down in Retry-After.",
  async judge(peer) {
    const { how, allowedMs, arrivedMs } = await playRetryAfter(peer, {}, virtually, SHORT_MS);
    const early = arrivedMs.slice(1).filter((atMs) => atMs < allowedMs).length;
    const last = arrivedMs.at(-1) ?? 0;
    const isKept = how === "done" && early === 0 && last <= allowedMs + LATE_MS;
    const late = ((last - allowedMs) / 1_000).toFixed(1);
    return finding(isKept, how === "done" ? `${early} too early, in after ${late} s` : "gave up");
  },
};

export const retryAfterLong: ClientRow = {
  name: "Retry-After: 61",
  asked:
    "A wait that is too long for the caller is told at once or waited for, and never cut short.",
  trace: "The same for 61 s.",
  note: "Ours has a deadline of 30 s unless told otherwise, and tells at once when the call could pass (`retryAt`).",
  async judge(peer) {
    const { how, endedMs, allowedMs, arrivedMs } = await playRetryAfter(
      peer,
      {},
      virtually,
      LONG_MS,
    );
    const early = arrivedMs.slice(1).filter((atMs) => atMs < allowedMs).length;
    const ended = `${how} after ${(endedMs / 1_000).toFixed(0)} s`;
    return finding(early === 0, `${early} too early, ${ended}`);
  },
};
