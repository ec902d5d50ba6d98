// What a replay came to, for people: who would be refused and by what, what credits would come to, and what had to be assumed.

import type { PlanInterval, PlanResult, PlanSum } from "sluice/sim";
import { counted, grouped, moment } from "../../print/words.ts";
import { bars } from "../report/bars.ts";
import { curves } from "../report/curves.ts";
import type { Block, Report, Section } from "../report/report.ts";

/** Rows of a table: whoever wants all takes the JSON. */
const ROWS_MAX = 20;

export interface About {
  readonly contract: string;
  readonly log: string;
  /** Sentences on what was left out and what was assumed. */
  readonly assumptions: readonly string[];
  readonly command: string;
}

export function planReport(result: PlanResult, about: About): Report {
  const { fromMs, toMs } = result;
  return {
    title: `${about.log} under ${about.contract}`,
    summary: summaryOf(result),
    sections: [
      refusals(result),
      credits(result),
      { title: "By account", blocks: [tableOf("Accounts", "Account", result.byAccount)] },
      { title: "By operation", blocks: [tableOf("Operations", "Operation", result.byOperation)] },
      { title: "What was assumed", blocks: [{ kind: "list", items: about.assumptions }] },
    ],
    notes: [
      `The log goes from ${moment(fromMs)} to ${moment(toMs)}.`,
      `The same again: ${about.command}`,
    ],
  };
}

function summaryOf({ all, byAccount }: PlanResult): readonly string[] {
  const hit = byAccount.filter(({ newlyRefused }) => newlyRefused > 0).length;
  const first =
    all.newlyRefused === 0
      ? `Of ${counted(all.calls, "call")}, none would be newly refused.`
      : `Of ${counted(all.calls, "call")}, ${grouped(all.newlyRefused)} that went through would be refused, of ${counted(hit, "account")}.`;
  const second =
    all.newlyPassed === 0
      ? "No call that was refused would go through."
      : `${grouped(all.newlyPassed)} that were refused would go through.`;
  const more = all.creditsWould - all.creditsWas;
  const third =
    more === 0
      ? `Credits stay as they are: ${grouped(all.creditsWas)}.`
      : `They would be charged ${grouped(all.creditsWould)} credits in place of ${grouped(all.creditsWas)}: ${grouped(Math.abs(more))} ${more > 0 ? "more" : "fewer"}.`;
  return [first, second, third];
}

function refusals({ byLimit, intervals, intervalMs }: PlanResult): Section {
  const picture: Block = {
    kind: "picture",
    picture: curves({
      title: "Refused calls",
      says: "Calls that were refused over time: as the log has it, and under the other contract.",
      shape: "steps",
      curves: [
        { name: "in the log", points: pointsOf(intervals, ({ refusedWas }) => refusedWas) },
        {
          name: "under the other contract",
          points: pointsOf(intervals, ({ refusedWould }) => refusedWould),
        },
      ],
      unit: `calls in ${intervalMs / 1_000} s`,
    }),
  };
  const shown = byLimit.slice(0, ROWS_MAX);
  const limits: readonly Block[] =
    shown.length === 0
      ? [
          {
            kind: "words",
            text: "No limit of the other contract refuses a call that went through.",
          },
        ]
      : [
          {
            kind: "picture",
            picture: bars({
              title: "What would refuse them",
              says: "Calls that went through and would be refused, by the limit that would do it.",
              parts: ["newly refused"],
              rows: shown.map(({ limit, calls }) => ({ name: limit, values: [calls] })),
              unit: "calls",
            }),
          },
        ];
  return { title: "Who would be refused", blocks: [...limits, picture] };
}

/** From the beginning of the log on. */
function pointsOf(intervals: readonly PlanInterval[], of: (one: PlanInterval) => number) {
  const startMs = intervals[0]?.fromMs ?? 0;
  const points = intervals.map((one) => ({ at: one.fromMs - startMs, value: of(one) }));
  return points.length > 0 ? points : [{ at: 0, value: 0 }];
}

function credits({ all }: PlanResult): Section {
  return {
    title: "Credits",
    blocks: [
      {
        kind: "picture",
        picture: bars({
          title: "Credits",
          says: "What all calls cost in the log, and what they would under the other contract.",
          parts: ["charged"],
          rows: [
            { name: "in the log", values: [all.creditsWas] },
            { name: "under the other contract", values: [all.creditsWould] },
          ],
          unit: "credits",
        }),
      },
      {
        kind: "words",
        text: `${counted(all.chargedOtherwise, "call")} that both let through would cost something else.`,
      },
    ],
  };
}

function tableOf(
  caption: string,
  what: string,
  sums: readonly (PlanSum & { readonly name: string | undefined })[],
): Block {
  const right = (title: string) => ({ title, align: "right" as const });
  const rest = sums.length - ROWS_MAX;
  return {
    kind: "table",
    table: {
      caption:
        rest > 0 ? `${caption}: the ${ROWS_MAX} that change most, of ${sums.length}` : caption,
      columns: [
        { title: what },
        ...["Calls", "Newly refused", "Newly let through", "Credits", "Credits then"].map(right),
      ],
      rows: sums
        .slice(0, ROWS_MAX)
        .map(
          ({ name = "all others", calls, newlyRefused, newlyPassed, creditsWas, creditsWould }) => [
            name,
            ...[calls, newlyRefused, newlyPassed, creditsWas, creditsWould].map(grouped),
          ],
        ),
    },
  };
}
