// One number for how long most of what was measured took.

/** What so large a share of numbers, least first, does not exceed; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
