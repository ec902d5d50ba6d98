// Where it is noted who spends, and looked at a little later how much is left: each percent that is reached is raised once,
// the lowest first. What a dead desk had noted, the account's next call tells again, also one that is refused.

import { type AnyApi, WARNING_PERCENTS_DEFAULT } from "sluice";
import type { Clock } from "sluice/base";
import type { Budget, OperatorStores, Spend } from "sluice/gate";
import { budgetName, CREDITS, type Noted, standingsOf } from "./look.ts";
import { warningId } from "./message.ts";
import { percentsReached, type Standing, warningFor } from "./standing.ts";
import { Trouble } from "./trouble.ts";

export interface DeskOptions {
  readonly stores: Pick<OperatorStores, "directory" | "ledger" | "notices">;
  readonly clock: Clock;
  /** A warning was raised that is new. */
  readonly onRaised: () => void;
  /** Hears once that the stores fail, and once that they are back. */
  readonly onTrouble: (error: Error | undefined) => void;
}

export interface Desk {
  /** Takes note, and returns at once: on the way of a call. */
  spent(api: AnyApi, spend: Spend): void;
  /** How many accounts wait to be looked at. */
  readonly waiting: number;
  /** Looks at what was noted, once; what fails then is left to the accounts' next calls. */
  close(): Promise<void>;
}

/** At most so often. */
const EVERY_MS = 1_000;
const ACCOUNTS_A_LOOK_MAX = 100;
/** One more that spends is noted at its next call. */
const ACCOUNTS_MAX = 10_000;
/** An account that spends over more is looked at as a whole. */
const BUDGETS_NOTED_MAX = 100;
/** Warnings that need not be raised again, by their ids. */
const KNOWN_MAX = 50_000;

interface Note {
  api: AnyApi;
  budgets: Map<string, Budget> | undefined;
  readonly short: Set<string>;
}

export function createDesk(options: DeskOptions): Desk {
  return new RunningDesk(options);
}

class RunningDesk implements Desk {
  readonly #options: DeskOptions;
  readonly #trouble: Trouble;
  #notes = new Map<string, Note>();
  readonly #known = new Set<string>();
  #looking: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#trouble = new Trouble(options.onTrouble);
  }

  get waiting(): number {
    return this.#notes.size;
  }

  spent(api: AnyApi, { accountId, budgets, short }: Spend): void {
    let note = this.#notes.get(accountId);
    if (note === undefined) {
      if (this.#notes.size >= ACCOUNTS_MAX) return;
      note = { api, budgets: new Map(), short: new Set() };
      this.#notes.set(accountId, note);
    }
    note.api = api;
    if (budgets === undefined) note.budgets = undefined;
    for (const budget of budgets ?? []) note.budgets?.set(budgetName(budget), budget);
    if (note.budgets !== undefined && note.budgets.size > BUDGETS_NOTED_MAX) {
      note.budgets = undefined;
    }
    if (short === "account") note.short.add(CREDITS);
    else if (short !== undefined && note.short.size < BUDGETS_NOTED_MAX) {
      note.short.add(budgetName(short));
    }
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#looking;
    while (this.#notes.size > 0 && this.#trouble.isOver) await this.#look();
  }

  #schedule(): void {
    if (this.#cancel !== undefined || this.#looking !== undefined || this.#isClosed) return;
    this.#cancel = this.#options.clock.after(EVERY_MS, () => {
      this.#cancel = undefined;
      this.#looking = this.#look().finally(() => {
        this.#looking = undefined;
        if (this.#notes.size > 0) this.#schedule();
      });
    });
  }

  /** The accounts that have waited longest. Never rejects. */
  async #look(): Promise<void> {
    for (let looks = 0; looks < ACCOUNTS_A_LOOK_MAX; looks++) {
      const next = this.#notes.entries().next();
      if (next.done) return;
      const [accountId, note] = next.value;
      this.#notes.delete(accountId);
      try {
        await this.#lookAt({ accountId, ...note });
        this.#trouble.wentWell();
      } catch (error) {
        // Behind the others, and not before the next turn.
        this.#putBack(accountId, note);
        this.#trouble.failed(error);
        return;
      }
    }
  }

  async #lookAt(noted: Noted): Promise<void> {
    const { stores, clock } = this.#options;
    const account = await stores.directory.account(noted.accountId);
    if (account === undefined) return;
    const percents =
      account.warnings?.percents ?? noted.api.server.warnings?.percents ?? WARNING_PERCENTS_DEFAULT;
    const nowMs = clock.wallMs();
    for (const standing of await standingsOf(noted, account, stores, nowMs)) {
      for (const percent of percentsReached(standing, percents)) {
        await this.#raise(noted.accountId, account.warnings?.url, standing, percent, nowMs);
      }
    }
  }

  async #raise(
    accountId: string,
    url: string | undefined,
    standing: Standing,
    percent: number,
    atMs: number,
  ): Promise<void> {
    const id = warningId(accountId, standing, percent);
    if (this.#known.has(id)) return;
    const about = warningFor(standing, percent);
    const isNew = await this.#options.stores.notices.raise({ ...about, id, accountId, atMs, url });
    this.#remember(id);
    if (isNew) this.#options.onRaised();
  }

  #remember(id: string): void {
    this.#known.add(id);
    if (this.#known.size <= KNOWN_MAX) return;
    for (const oldest of this.#known) {
      this.#known.delete(oldest);
      return;
    }
  }

  /** What was noted in the meantime counts, too. */
  #putBack(accountId: string, before: Note): void {
    const since = this.#notes.get(accountId);
    this.#notes.delete(accountId);
    if (since !== undefined) {
      for (const name of since.short) before.short.add(name);
      if (before.budgets === undefined || since.budgets === undefined) before.budgets = undefined;
      else for (const [name, budget] of since.budgets) before.budgets.set(name, budget);
      before.api = since.api;
    }
    this.#notes.set(accountId, before);
  }
}
