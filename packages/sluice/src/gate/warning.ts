/** Early warning on the way: the header that says, shortly before the end, how much of the credits or of a budget is used. */
import { percentUsed, WARNING_PERCENTS_DEFAULT } from "../contract/index.ts";
import type { Settings } from "./settings.ts";
import type { Visit } from "./visit.ts";

/**
 * An RFC 9651 list: `credits;used=92`, `budget;scope=workspace;used=95`, or both. Undefined for a call that costs nothing, and
 * before the highest percent below 100 is reached. The credits are those of the plan's allowance; the budget is the one with
 * the least room.
 */
export function warningOf(visit: Visit, gate: Settings): string | undefined {
  const fromPercent = warnedFrom(visit, gate);
  const items: string[] = [];
  const credits = creditsUsed(visit);
  if (credits !== undefined && credits >= fromPercent) items.push(`credits;used=${credits}`);
  if (visit.narrowestBudget !== undefined) {
    const { budget, used, held } = visit.narrowestBudget;
    const givenBack = visit.cost === undefined ? 0 : visit.held - visit.cost;
    const percent = percentUsed(used + held - givenBack, budget.cap);
    if (percent >= fromPercent) items.push(`budget;scope=${budget.scope};used=${percent}`);
  }
  return items.length === 0 ? undefined : items.join(", ");
}

function creditsUsed({ known, creditsRemaining }: Visit): number | undefined {
  const { allowance } = known.funds;
  if (creditsRemaining === undefined || allowance === undefined) return undefined;
  return percentUsed(Math.max(0, allowance.credits - creditsRemaining), allowance.credits);
}

/** Whoever wants to hear at 100 percent only hears in the header then, too. */
function warnedFrom({ known }: Visit, { api }: Settings): number {
  const percents =
    known.subscriber.account.warnings?.percents ??
    api.server.warnings?.percents ??
    WARNING_PERCENTS_DEFAULT;
  return percents.findLast((percent) => percent < 100) ?? 100;
}
