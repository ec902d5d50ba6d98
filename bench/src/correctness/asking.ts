/** How traces ask: many at once, and who passed. */
import type { Limiter, Verdict } from "./contender.ts";
import type { Stage } from "./stage.ts";

/**
 * As many at one instant; answers how many passed. A fault is none that passed. Where the store is this process each call is
 * over before the next: over sockets they would come in turns of their own, too.
 */
export async function burst(
  { isInProcess }: Pick<Stage, "isInProcess">,
  limiter: Limiter,
  key: string,
  calls: number,
): Promise<number> {
  const verdicts: (Verdict | Promise<Verdict>)[] = [];
  for (let call = 0; call < calls; call++) {
    verdicts.push(isInProcess ? await limiter.ask(key) : limiter.ask(key));
  }
  return (await Promise.all(verdicts)).filter(({ passed }) => passed).length;
}

/** The most that passed in any stretch of a window's length. */
export class PassedLog {
  readonly #atMs: number[] = [];
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async burst(limiter: Limiter, key: string, calls: number): Promise<number> {
    const atMs = this.#stage.nowMs();
    const passed = await burst(this.#stage, limiter, key, calls);
    for (let i = 0; i < passed; i++) this.#atMs.push(atMs);
    return passed;
  }

  worstWindow(): number {
    const { rate, graceMs } = this.#stage;
    const inWindow = (fromMs: number) =>
      this.#atMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + rate.windowMs - graceMs).length;
    return Math.max(0, ...this.#atMs.map(inWindow));
  }
}

/** What somebody saw in place of an answer, each kind once. */
export function faultsOf(verdicts: readonly Verdict[]): readonly string[] {
  return [...new Set(verdicts.flatMap(({ fault }) => (fault === undefined ? [] : [fault])))];
}

/** Opens a limiter, and lets go of what it has connected to. */
export async function using<L extends { close?(): unknown }, T>(
  opening: L | Promise<L>,
  act: (limiter: L) => Promise<T>,
): Promise<T> {
  const limiter = await opening;
  try {
    return await act(limiter);
  } finally {
    await limiter.close?.();
  }
}
