// The receiver of GitHub's partner programme for secret scanning: a signed list of tokens comes in, and for each goes out whether
// it is a key of ours (docs.github.com, "Secret scanning partner program"). Nothing is read as JSON before the signature has been
// checked, and no answer, line or record has a token.

import { createHash } from "node:crypto";
import { type Clock, oneAtATime, systemClock } from "sluice/base";
import {
  type AddressGuard,
  type Answer,
  type Call,
  clientAddress,
  createAddressGuard,
} from "sluice/gate";
import { json, no, notAllowed } from "../internal/json-answer.ts";
import type { GithubKeys } from "./github-keys.ts";
import { type LeakReport, reportsIn } from "./reports.ts";
import { type LeakDesk, respondToLeak } from "./respond-to-leak.ts";
import { claimOf } from "./signature.ts";

export interface LeakReceiverOptions extends Omit<LeakDesk, "clock" | "inTurn"> {
  readonly keys: GithubKeys;
  readonly trustedHops: number;
  /** Hears of what was thrown; GitHub hears only that it may send it again. */
  readonly onFault: (error: unknown) => void;
  readonly clock?: Clock;
}

export interface LeakReceiver {
  answer(call: Call): Promise<Answer>;
}

/** Some thousands of tokens. */
export const reportBytesMax = 1_048_576;
/** Bodies that are read, or looked through, at once: some megabytes, and more than a few strangers can hold. */
export const reportsAtOnceMax = 32;
/** Requests that turn out not to be GitHub's, of one address. */
export const strangersPerMinute = 30;

const comeBack = ["Retry-After", "30"];
const uncached = ["Cache-Control", "no-store"];

export function createLeakReceiver(options: LeakReceiverOptions): LeakReceiver {
  const { keys, trustedHops, onFault, clock = systemClock } = options;
  const guard = createAddressGuard(strangersPerMinute);
  const desk: LeakDesk = { ...options, clock, inTurn: oneAtATime() };
  let atOnce = 0;
  return {
    async answer(call) {
      if (call.method !== "POST") return notAllowed("POST");
      const address = clientAddress(call, trustedHops);
      const waitMs = guard.take(address, clock.monotonicMs());
      if (waitMs !== undefined) return tooMany(Math.ceil(waitMs / 1_000));
      if (atOnce >= reportsAtOnceMax) {
        guard.giveBack(address);
        return no(503, "Others are being read. Send it again.", ["Retry-After", "1"]);
      }
      atOnce++;
      try {
        return await answerReport(call, { desk, keys, guard, address });
      } catch (error) {
        onFault(error);
        return no(503, "The reports could not be looked up. Send them again.", comeBack);
      } finally {
        atOnce--;
      }
    },
  };
}

interface Parts {
  readonly desk: LeakDesk;
  readonly keys: GithubKeys;
  readonly guard: AddressGuard;
  readonly address: string;
}

/** The order: who signed, with what, over which bytes; then what they say; then what becomes of each token. */
async function answerReport(call: Call, { desk, keys, guard, address }: Parts): Promise<Answer> {
  const claim = await claimOf(call, keys);
  if (claim === "none") {
    return no(401, "Github-Public-Key-Identifier and Github-Public-Key-Signature are needed.");
  }
  if (claim === "unknown") return no(401, "GitHub publishes no key with this identifier.");
  if (claim === "unavailable") {
    guard.giveBack(address);
    return no(503, "GitHub's public keys cannot be had at the moment. Send it again.", comeBack);
  }
  const read = await call.readBody(reportBytesMax);
  if (read.kind === "too_large") return no(413, `Send at most ${reportBytesMax} bytes at once.`);
  if (read.kind === "aborted") return no(400, "The body did not come whole.");
  if (!claim.holdsFor(read.bytes)) return no(401, "The signature is not that of this body.");
  // It is GitHub, of which there is no too much.
  guard.giveBack(address);
  const sent = reportsIn(read.bytes);
  if (sent === undefined) return no(400, "Send a list of { token, type, url, source }.");
  if (sent.unreadable > 0) {
    desk.tell(`${sent.unreadable} of GitHub's reports of leaked keys had no token`);
  }
  return json(200, await labelsOf(desk, sent.reports), uncached);
}

/** One after the other, so that no report crowds out calls. A token that stands there twice was found in two places. */
async function labelsOf(desk: LeakDesk, reports: readonly LeakReport[]): Promise<object> {
  const labels: object[] = [];
  for (const report of reports) {
    const isOurs = await respondToLeak(desk, report);
    labels.push({
      token_hash: createHash("sha256").update(report.token).digest("hex"),
      token_type: report.type,
      label: isOurs ? "true_positive" : "false_positive",
    });
  }
  return labels;
}

function tooMany(seconds: number): Answer {
  return no(429, `Try again in ${seconds} s.`, ["Retry-After", String(seconds)]);
}
