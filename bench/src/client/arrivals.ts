/** What can be said of a list of moments. */

/** The most that lie within one second, wherever it begins. */
export function mostInOneSecond(atMs: readonly number[]): number {
  const sorted = [...atMs].sort((a, b) => a - b);
  let most = 0;
  let oldest = 0;
  for (const [newest, ms] of sorted.entries()) {
    while (ms - (sorted[oldest] ?? ms) >= 1_000) oldest++;
    most = Math.max(most, newest - oldest + 1);
  }
  return most;
}

export function within(atMs: readonly number[], fromMs: number, toMs: number): number {
  return atMs.filter((ms) => ms >= fromMs && ms < toMs).length;
}

/** How many lie in each second from 0 on. */
export function perSecond(atMs: readonly number[], seconds: number): readonly number[] {
  const counts = new Array<number>(seconds).fill(0);
  for (const ms of atMs) {
    const second = Math.floor(ms / 1_000);
    if (second < seconds) counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}
