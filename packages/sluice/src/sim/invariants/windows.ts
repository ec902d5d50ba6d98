// No window admits more than its limit in any stretch of its length, by the clock of the server that counts: an independent log.

import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";

const LAW = "no window admits more than its limit";

export class Windows implements Watcher {
  readonly #world: SimWorld;
  /** By window: when places were taken. A clock that was set back stands still until it has caught up. */
  readonly #taken = new Map<string, number[]>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  counted(_process: Process, { windows }: Ticketed, verdict: Verdict, engineMs: number): void {
    if (!verdict.admitted) return;
    for (const { id, limit, windowMs, cost } of windows) {
      const taken = this.#taken.get(id) ?? [];
      this.#taken.set(id, taken);
      const atMs = Math.max(engineMs, taken.at(-1) ?? engineMs);
      for (let place = 0; place < cost; place++) taken.push(atMs);
      let gone = 0;
      while (atMs - (taken[gone] as number) >= windowMs) gone++;
      if (gone > 0) taken.splice(0, gone);
      if (taken.length <= limit) continue;
      this.#world.broken(LAW, `${id} admitted ${taken.length} of ${limit} within ${windowMs} ms`);
    }
  }

  /** What a failover lost may be admitted once more: bounded by what was lost. */
  serverChanged(how: "failover" | "clock_step"): void {
    if (how === "failover") this.#taken.clear();
  }
}
