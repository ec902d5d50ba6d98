/** Early warning: from which parts of the credits or of a budget on somebody hears that they run low. */

/** Where neither the contract nor the account says anything else. */
export const WARNING_PERCENTS_DEFAULT: readonly number[] = [50, 75, 90, 100];

/** Enough to be told in time; more is noise. */
export const WARNING_PERCENTS_MAX = 10;

/** Whole numbers from 1 to 100, rising, at most ten and at least one. */
export function areWarningPercents(percents: readonly unknown[]): boolean {
  if (percents.length < 1 || percents.length > WARNING_PERCENTS_MAX) return false;
  return percents.every((percent, at) => {
    if (typeof percent !== "number" || !Number.isSafeInteger(percent)) return false;
    return percent >= 1 && percent <= 100 && (at === 0 || percent > Number(percents[at - 1]));
  });
}

/** The whole percents of `cap` that `used` is, rounded down: 100 only where nothing is left. */
export function percentUsed(used: number, cap: number): number {
  return cap <= 0 ? 100 : Math.min(100, Math.floor((used * 100) / cap));
}
