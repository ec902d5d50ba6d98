// Nobody spends more than a budget has, at any moment; and what a budget says was spent is what its keys were charged.

import { monthEndMs, monthStartMs } from "../../contract/index.ts";
import type { LogRow } from "../../gate/index.ts";
import type { Budget } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const WITHIN = "nobody spends more than a budget has";
const SUM = "a budget has spent what its keys were charged";
const ALL = { limit: 1_000_000 };

/** What a budget's keys were charged, by month, and the newest in which anything was held. */
interface Spent {
  monthMs: number;
  readonly charged: Map<number, number>;
}

const NOTHING: Spent = { monthMs: 0, charged: new Map() };

export class Budgets implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  /** By key: what pays for it besides its account. */
  readonly #ofKey = new Map<string, readonly Budget[]>();
  readonly #accounts = new Set<string>();

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  row(_host: Process, { keyId, accountId, held }: LogRow): void {
    if (held === 0 || keyId === undefined || accountId === undefined) return;
    if (this.#world.scenario.budgets === undefined) return;
    this.#accounts.add(accountId);
    this.#checkWithin(this.#of(keyId));
  }

  atEnd(): void {
    const spent = this.#spent();
    for (const budgets of this.#ofKey.values()) {
      for (const budget of budgets) {
        const { scope, id, cap } = budget;
        const { monthMs, charged } = spent.get(`${scope} ${id}`) ?? NOTHING;
        for (const sum of charged.values()) {
          if (sum > cap) this.#world.broken(WITHIN, `${scope} ${id}: ${sum} of ${cap}`);
        }
        // A month that is over may be forgotten.
        if (monthEndMs(monthMs) <= this.#world.clock.wallMs()) continue;
        const sum = charged.get(monthMs) ?? 0;
        for (const { used, held } of this.#stores.ledger.budgets([budget], monthMs)) {
          if (sum === used && held === 0) continue;
          const found = `${scope} ${id}: ${used} and ${held} held, its keys ${sum}`;
          this.#world.broken(SUM, found);
        }
      }
    }
  }

  /**
   * By budget. What was held in a month is charged to it; and the clock of a node that was set back over the end of a month
   * does not open the old one again.
   */
  #spent(): ReadonlyMap<string, Spent> {
    const spent = new Map<string, Spent>();
    const heldIn = new Map<string, number>();
    for (const accountId of this.#accounts) {
      const entries = this.#stores.ledger.entries(accountId, ALL).toReversed();
      for (const { holdId, amount, to, atMs } of entries) {
        if (holdId === undefined || (to !== "held" && to !== "charged")) continue;
        const keyId = this.#stores.ledger.hold(holdId)?.keyId ?? "";
        for (const { scope, id } of this.#of(keyId)) {
          const name = `${scope} ${id}`;
          const one = spent.get(name) ?? { monthMs: 0, charged: new Map<number, number>() };
          spent.set(name, one);
          if (to === "held") {
            one.monthMs = Math.max(one.monthMs, monthStartMs(atMs));
            heldIn.set(`${name} ${holdId}`, one.monthMs);
          } else {
            const monthMs = heldIn.get(`${name} ${holdId}`) ?? one.monthMs;
            one.charged.set(monthMs, (one.charged.get(monthMs) ?? 0) + amount);
          }
        }
      }
    }
    return spent;
  }

  #of(keyId: string): readonly Budget[] {
    const known = this.#ofKey.get(keyId);
    if (known !== undefined) return known;
    const { directory } = this.#stores;
    const { projectId = "" } = directory.key(keyId) ?? {};
    const { workspaceId = "" } = directory.project(projectId) ?? {};
    const { workspace, project, key } = this.#world.scenario.budgets ?? {};
    const budgets = [
      ...budgetOf("workspace", workspaceId, workspace),
      ...budgetOf("project", projectId, project),
      ...budgetOf("key", keyId, key),
    ];
    this.#ofKey.set(keyId, budgets);
    return budgets;
  }

  #checkWithin(budgets: readonly Budget[]): void {
    for (const { budget, used, held } of this.#statesOf(budgets)) {
      if (used + held <= budget.cap) continue;
      const found = `${budget.scope} ${budget.id}: ${used} and ${held} held of ${budget.cap}`;
      this.#world.broken(WITHIN, found);
    }
  }

  #statesOf(budgets: readonly Budget[]) {
    return this.#stores.ledger.budgets(budgets, this.#world.clock.wallMs());
  }
}

function budgetOf(scope: Budget["scope"], id: string, cap: number | undefined): Budget[] {
  return cap === undefined ? [] : [{ scope, id, cap }];
}
