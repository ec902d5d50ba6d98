// What a replay left out and had to assume, in sentences: whoever decides by it must know.

import type { PlanResult } from "sluice/sim";
import { counted, grouped } from "../../print/words.ts";
import type { LogFile } from "./log-file.ts";

export function assumptionsOf(
  { assumed, notJudged }: PlanResult,
  file: Pick<LogFile, "bad" | "firstBad" | "none" | "unread">,
  knowsWas: boolean,
): readonly string[] {
  const few = (count: number, sentence: string) =>
    count > 0 ? [`${grouped(count)} ${sentence}`] : [];
  return [
    ...few(file.bad, `lines could not be read and are not counted; the first: ${file.firstBad}.`),
    ...few(file.none, "lines are of nobody's account, and say nothing of a plan."),
    ...(file.unread.length > 0 ? [`Columns that nobody reads: ${file.unread.join(", ")}.`] : []),
    ...few(
      notJudged.noPlan,
      "calls are of accounts whose plan nobody knows, or the contract lacks: --accounts or --plan says it.",
    ),
    ...few(notJudged.otherApi, "calls are of another API."),
    ...few(notJudged.simulated, "refusals were simulated by test keys."),
    ...few(notJudged.degraded, "calls were answered while limits could not be counted."),
    ...(knowsWas
      ? []
      : [
          "The contract that the log was made under is not known (--was): what each call cost is taken for what it used, and allowances for as large as they are now.",
        ]),
    ...few(assumed.plan, "calls are of accounts that were taken to be on the plan that was given."),
    ...few(
      assumed.credits,
      "calls were taken to have enough credits: no row of their account had said how many.",
    ),
    ...few(
      assumed.most,
      "calls are charged the most that they may cost: nobody knows what they would have used.",
    ),
    ...few(assumed.input, "calls were taken to have good input: no log has it."),
    ...few(assumed.noDuration, "calls have no duration: they kept no slot."),
    ...few(assumed.noKey, "calls name no key: each account was taken to have one."),
    ...few(assumed.noPath, "calls have no path: the operation of the same name was meant."),
    "Windows were empty at the beginning, callers change nothing of what they do, and a call that was refused in the log would have taken no time.",
    "Budgets, permissions and subscriptions stay as they were, and a job costs what was held for it.",
  ];
}

/** For the line that says how far it is. */
export function progressOf(lines: number, part: number): string {
  return `${counted(lines, "line")}, ${Math.floor(part * 100)} %`;
}
