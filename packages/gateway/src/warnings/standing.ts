// How credits or a budget stand, and which parts of them that is. Pure: what the desk raises follows from this alone.

import { percentUsed } from "sluice";
import type { SpendWarning, WarningSubject } from "sluice/gate";

/** Credits or a budget in one period. */
export interface Standing {
  readonly subject: WarningSubject;
  /** What tells the period from all others. */
  readonly period: string | number;
  readonly periodStartMs: number | undefined;
  readonly resetAtMs: number | undefined;
  readonly used: number;
  readonly cap: number;
  /** Whether a call was refused for want of them. */
  readonly isShort: boolean;
}

/**
 * Prices seldom add up to the last credit. From here on a call that was refused for want of credits says that they are used
 * up; before, it only was a dear one.
 */
const NEARLY_USED_PERCENT = 90;

/** The percents that are reached, the lowest first. */
export function percentsReached(
  { used, cap, isShort }: Pick<Standing, "used" | "cap" | "isShort">,
  percents: readonly number[],
): readonly number[] {
  if (used <= 0) return [];
  const percent = percentUsed(used, cap);
  const reached = isShort && percent >= NEARLY_USED_PERCENT ? 100 : percent;
  return percents.filter((each) => each <= reached);
}

/** What a warning says, but for where it goes. */
export function warningFor(
  { subject, periodStartMs, resetAtMs, used, cap }: Standing,
  percent: number,
): Pick<SpendWarning, "subject" | "periodStartMs" | "resetAtMs" | "percent" | "used" | "cap"> {
  return { subject, periodStartMs, resetAtMs, percent, used, cap };
}
