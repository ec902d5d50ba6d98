// What came of an outage, as a report: what your callers saw, beside what they would have seen with other people's clients.

import { grouped, span } from "../../print/words.ts";
import { percent, short } from "../report/axis.ts";
import { bars } from "../report/bars.ts";
import { type Curve, curves, type Shade } from "../report/curves.ts";
import type { Picture, Report, Table } from "../report/report.ts";
import { type Measured, STORM } from "./measured.ts";
import { BIN_MS, type Times } from "./observed.ts";
import type { Tried } from "./tried.ts";
import { backInWords, CLIENTS, summaryOf, times } from "./words.ts";

export interface Told {
  readonly api: string;
  /** The code by which the contract says that a rate limit is reached. */
  readonly rateLimited: string;
  /** `the store of the credits is down, for 30 s`. */
  readonly trouble: string;
  /** Who calls what, as a sentence. */
  readonly callers: string;
  readonly times: Times;
  readonly own: Tried;
  readonly others: readonly Tried[];
  readonly again: string;
}

/** Of others, in one picture: more cannot be told apart. */
const SHOWN_MAX = 3;
/** The last calls of a run are cut short with it. */
const CUT_MS = 6_000;

export function outageReport(told: Told): Report {
  const { api, trouble, own, others } = told;
  const shown = others
    .toSorted((a, b) => b.measured.peakLoad - a.measured.peakLoad)
    .slice(0, SHOWN_MAX);
  return {
    title: `${api}: ${trouble}`,
    summary: summaryOf(told),
    sections: [
      {
        title: "What your callers saw",
        blocks: [
          { kind: "words", text: told.callers },
          { kind: "picture", picture: answersOf(told) },
          ...(own.measured.isNoticed || others.length > 0
            ? [{ kind: "picture" as const, picture: donePicture(told, shown) }]
            : []),
          { kind: "picture", picture: fatesPicture([own, ...others]) },
        ],
      },
      {
        title: "What the API got",
        blocks: [
          { kind: "words", text: STORM_WORDS },
          { kind: "picture", picture: loadPicture(told, shown) },
        ],
      },
      ...(others.length === 0 ? [] : [sideBySide([own, ...others])]),
    ],
    notes: [
      `Everybody meets the same calls at the same moments, in a world of virtual time: the gate and "your client" are the code that is in use, the others follow their packages' defaults (openai 7.57, ky 2.1, p-retry 9, axios-retry 4.5, AWS SDK 3).`,
      `Loads are averages over five seconds. "Back" is when 95 of 100 new calls are done as quickly as before.`,
      `The same again: ${told.again}`,
    ],
  };
}

const STORM_WORDS =
  "A client that gets no answer asks again. If many do so at once, the API gets the most requests when it can least bear " +
  `them: a retry storm. 1 is its normal load; ${STORM} and more we call a storm.`;

function shadeOf({ fromMs, endMs }: Times): readonly Shade[] {
  return [{ name: "out", from: fromMs, to: endMs }];
}

function answersOf({ own: { seen }, times: when }: Told): Picture {
  const { done, refused, unanswered } = seen;
  const all = [
    { name: "done", points: perSecond(done, when) },
    { name: "refused or failed", points: perSecond(refused, when) },
    { name: "no answer", points: perSecond(unanswered, when) },
  ];
  return curves({
    title: "Answers to your clients",
    says: "What came back each second: what was asked for, a refusal that says why, or nothing.",
    shape: "lines",
    curves: all.filter(
      ({ name, points }) => name === "done" || points.some((one) => one.value > 0),
    ),
    unit: "answers a second",
    shaded: shadeOf(when),
  });
}

function donePicture({ own, times: when }: Told, shown: readonly Tried[]): Picture {
  return curves({
    title: "Calls that were done in the end",
    says: "Of the calls that began at a moment, how many got what they asked for, at once or after waiting.",
    shape: "lines",
    curves: [own, ...shown].map((one) => curveOf(one, one.measured.donePercent, when)),
    unit: "of 100 calls",
    shaded: shadeOf(when),
    upTo: 100,
  });
}

function loadPicture({ own, times: when }: Told, shown: readonly Tried[]): Picture {
  return curves({
    title: "Load on the API",
    says: "Requests that arrive, as a multiple of what arrived before the outage.",
    shape: "lines",
    curves: [own, ...shown].map((one) => curveOf(one, one.measured.load, when)),
    unit: "times the normal load",
    shaded: shadeOf(when),
    levels: [{ name: "normal", value: 1 }],
    upTo: 2,
  });
}

function fatesPicture(all: readonly Tried[]): Picture {
  return bars({
    title: "Calls that began while it was out",
    says: "How many were done as quickly as ever, done after a wait, or not done.",
    parts: ["done at once", "done later", "not done"],
    rows: all.map(({ policy, measured: { during } }) => ({
      name: CLIENTS[policy],
      values: [during.atOnce, during.late, during.failed],
    })),
    unit: "calls",
  });
}

function curveOf({ policy }: Tried, values: readonly number[], when: Times): Curve {
  return { name: CLIENTS[policy], points: pointsOf(values, BIN_MS, when) };
}

function perSecond(bins: readonly number[], when: Times) {
  const every = Math.round(1_000 / BIN_MS);
  const seconds = Array.from({ length: Math.ceil(bins.length / every) }, (_, second) =>
    bins.slice(second * every, (second + 1) * every).reduce((sum, one) => sum + one, 0),
  );
  return pointsOf(seconds, 1_000, when);
}

function pointsOf(values: readonly number[], stepMs: number, { stopMs }: Times) {
  return values
    .map((value, at) => ({ at: at * stepMs, value }))
    .filter(({ at }) => at <= stopMs - CUT_MS);
}

function sideBySide(all: readonly Tried[]) {
  const table: Table = {
    caption: "Each in a world of its own, in which all callers have this client",
    columns: [
      { title: "Client" },
      ...["Back after", "Peak load", `Above ${STORM} for`, "Not done", "Longest wait"].map(right),
      ...["Credits", "Charged twice"].map(right),
    ],
    rows: all.map(({ policy, measured }) => rowOf(CLIENTS[policy], measured)),
  };
  return { title: "Side by side", blocks: [{ kind: "table" as const, table }] };
}

function right(title: string) {
  return { title, align: "right" as const };
}

function rowOf(name: string, measured: Measured): readonly string[] {
  const { backMs, peakLoad, stormMs, during, longestMs, credits, chargedTwice } = measured;
  return [
    name,
    backInWords(backMs),
    times(peakLoad),
    stormMs === 0 ? "-" : span(stormMs),
    percent(during.failed, during.calls),
    span(longestMs),
    grouped(credits),
    short(chargedTwice),
  ];
}
