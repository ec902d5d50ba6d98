// What an outage comes to, in sentences for somebody who has never heard of a retry storm.

import type { PolicyName } from "sluice/sim";
import { counted, span } from "../../print/words.ts";
import { percent, short } from "../report/axis.ts";
import { type Measured, STORM } from "./measured.ts";
import type { Tried } from "./tried.ts";

export const CLIENTS: Readonly<Record<PolicyName, string>> = {
  sluice: "your client",
  none: "no retries",
  openai: "openai",
  ky: "ky",
  "p-retry": "p-retry",
  "axios-retry": "axios-retry",
  aws: "aws",
};

/** What the sentences are made of. */
export interface Found {
  readonly own: Tried;
  readonly others: readonly Tried[];
  readonly rateLimited: string;
}

export function summaryOf({ own, others, rateLimited }: Found): readonly string[] {
  const { measured, seen } = own;
  return [
    ...wrongBefore(own),
    noticed(measured),
    ...(measured.isNoticed ? [fates(measured, others)] : []),
    load(measured, others),
    ...usedUp([own, ...others], rateLimited),
    ...(seen.degraded > 0 ? [alone(seen.degraded)] : []),
    money(measured, others),
  ];
}

/** What goes wrong without an outage has another reason, which somebody should hear of first. */
function wrongBefore({ measured: { before }, seen }: Tried): string[] {
  if (before.failed <= before.calls * USUAL_FAILURES) return [];
  const codes = [...seen.codesBefore.keys()].join(", ");
  return [
    `Careful: ${percent(before.failed, before.calls)} of the calls were not done before anything was out (${codes}). ` +
      "See whether the contract's examples, the plan, the credits and the rate fit each other.",
  ];
}

const USUAL_FAILURES = 0.05;

function noticed({ isNoticed, backMs, during }: Measured): string {
  if (!isNoticed) {
    const share = percent(during.atOnce, during.calls);
    return `Your clients noticed next to nothing: ${share} of the calls were answered as quickly as ever.`;
  }
  if (backMs === undefined) return "Your clients were not back as long as we looked on.";
  if (backMs === 0) return "Your clients were back as soon as it was over.";
  return `Your clients were back ${span(backMs)} after it was over.`;
}

function fates({ during, toldMs }: Measured, others: readonly Tried[]): string {
  const done = during.calls - during.failed;
  const rest = during.failed === 0 ? "" : `; the others were told within ${span(toldMs)}`;
  const own = `Of ${counted(during.calls, "call")} that began meanwhile, ${done} ${done === 1 ? "was" : "were"} done in the end${rest}.`;
  const [most] = others.toSorted((a, b) => a.measured.during.failed - b.measured.during.failed);
  if (most === undefined || most.measured.during.failed >= during.failed) return own;
  const { during: theirs, longestMs } = most.measured;
  const more = theirs.calls - theirs.failed;
  return `${own} With ${CLIENTS[most.policy]} it was ${more}, after up to ${span(longestMs)}.`;
}

/** Who asks again uses up what its key may ask. */
function usedUp(all: readonly Tried[], rateLimited: string): string[] {
  const [worst] = all
    .filter(({ seen }) => (seen.codesAfter.get(rateLimited) ?? 0) > 0)
    .toSorted((a, b) => (b.measured.backMs ?? Infinity) - (a.measured.backMs ?? Infinity));
  const backMs = worst?.measured.backMs ?? Number.POSITIVE_INFINITY;
  if (worst === undefined || backMs < LONG_MS) return [];
  const when =
    backMs === Number.POSITIVE_INFINITY ? "not back at all" : `back only after ${span(backMs)}`;
  const refused = counted(worst.seen.codesAfter.get(rateLimited) ?? 0, "request");
  return [
    `With ${CLIENTS[worst.policy]} callers were ${when}: asking again had used up what their keys may ask, and ` +
      `${refused} were refused for that (${rateLimited}) although all was well again.`,
  ];
}

const LONG_MS = 5_000;

function alone(answers: number): string {
  return `Meanwhile the gate went on without its store of limits, and said so in ${counted(answers, "answer")}.`;
}

function load(own: Measured, others: readonly Tried[]): string {
  const mine =
    own.peakLoad > STORM
      ? `Your clients sent up to ${times(own.peakLoad)} the normal load`
      : `Your clients never sent more than ${times(own.peakLoad)} the normal load`;
  const [worst] = others.toSorted((a, b) => b.measured.peakLoad - a.measured.peakLoad);
  if (worst === undefined || worst.measured.peakLoad <= Math.max(STORM, own.peakLoad)) {
    return `${mine}.`;
  }
  const { peakLoad, stormMs } = worst.measured;
  return (
    `${mine}. With ${CLIENTS[worst.policy]} it was up to ${times(peakLoad)}, ` +
    `and more than ${times(STORM)} for ${span(stormMs)}.`
  );
}

function money(own: Measured, others: readonly Tried[]): string {
  const all = [own, ...others.map(({ measured }) => measured)];
  const wrong = all.reduce((sum, { wrongCharges }) => sum + wrongCharges, 0);
  const first =
    wrong === 0
      ? `${counted(own.credits, "credit")} were charged, and none for what was not done.`
      : `${counted(wrong, "charge")} were for what was not done: that must not be.`;
  const twice = others
    .filter(({ measured }) => measured.chargedTwice > own.chargedTwice)
    .map(({ policy, measured }) => `with ${CLIENTS[policy]} ${measured.chargedTwice}`);
  if (twice.length === 0) return own.credits === 0 ? "Nothing was charged." : first;
  const yours = own.chargedTwice === 0 ? "none of your calls" : counted(own.chargedTwice, "call");
  return `${first} Of calls that were sent again, ${yours} was done and charged twice; ${twice.join(", ")}.`;
}

export function times(load: number): string {
  return `${short(load)} times`;
}

export function backInWords(backMs: number | undefined): string {
  if (backMs === undefined) return "not yet";
  return backMs === 0 ? "at once" : span(backMs);
}
