// Nobody spends more than a budget has, at any moment; and what a budget says was spent is what its keys were charged.

import type { LogRow } from "../../gate/index.ts";
import type { Budget } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const WITHIN = "nobody spends more than a budget has";
const SUM = "a budget has spent what its keys were charged";
const ALL = { limit: 1_000_000 };

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
    const charged = new Map<string, number>();
    for (const accountId of this.#accounts) {
      for (const { holdId, amount, to } of this.#stores.ledger.entries(accountId, ALL)) {
        if (to !== "charged" || holdId === undefined) continue;
        const keyId = this.#stores.ledger.hold(holdId)?.keyId ?? "";
        for (const { scope, id } of this.#of(keyId)) {
          const name = `${scope} ${id}`;
          charged.set(name, (charged.get(name) ?? 0) + amount);
        }
      }
    }
    for (const budgets of this.#ofKey.values()) {
      for (const { budget, used, held } of this.#statesOf(budgets)) {
        const name = `${budget.scope} ${budget.id}`;
        const sum = charged.get(name) ?? 0;
        if (sum > budget.cap) this.#world.broken(WITHIN, `${name}: ${sum} of ${budget.cap}`);
        if (sum === used && held === 0) continue;
        this.#world.broken(SUM, `${name}: ${used} and ${held} held, its keys ${sum}`);
      }
    }
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
