// The life of holds in the worker: open, perhaps left to a job, then ended once and for all. Open ones are
// kept in memory as well, as many as calls and jobs are under way; ended ones are looked up when somebody
// asks again.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Allowance } from "../../../contract/index.ts";
import type { Job } from "../../../gate/stores.ts";
import { Appender } from "../file/appender.ts";
import type { Part } from "./funds.ts";
import { type HoldRow, holdColumns, OpenHoldRows } from "./open-hold-rows.ts";

/** Credits that were set aside for one call. */
export interface Hold {
  readonly n: number;
  readonly id: string;
  readonly accountId: string;
  /** By which what remains is told when it ends. */
  readonly allowance: Allowance | undefined;
  readonly amount: number;
  readonly parts: readonly Part[];
  readonly budgets: readonly number[];
  /** The number of its idempotency record; of a job none, since that one has its answer already. */
  record: number | undefined;
  /** Those that its job keeps, once it was left to one. */
  slots: readonly string[] | undefined;
  readonly operation: string;
  readonly keyId: string;
  expiresAtMs: number;
  state: "open" | EndState;
  charged: number;
  /** What it cost beyond the hold, for the operator: never taken. */
  overage: number;
}

export type EndState = "settled" | "released" | "expired";

/** The job that the hold was left to, while it runs. */
export function jobOf(hold: Hold | undefined): Job | undefined {
  if (hold?.state !== "open" || hold.slots === undefined) return undefined;
  const { id: holdId, accountId, operation, keyId, amount, slots, expiresAtMs } = hold;
  return { holdId, accountId, operation, keyId, amount, slots, expiresAtMs };
}

export class Holds {
  readonly #newest: StatementSync;
  readonly #byId: StatementSync;
  readonly #made: Appender;
  readonly #ended: Appender;
  readonly #odd: StatementSync;
  readonly #move: StatementSync;
  readonly #leave: StatementSync;
  readonly #rows: OpenHoldRows;
  /**
   * In the order in which they were made, with those that ended in this batch: they are not to be found
   * in the file yet. Undefined until it is read from the file.
   */
  #current: Map<string, Hold> | undefined;
  readonly #justEnded: string[] = [];
  #last = 0;
  /** No id in the file is greater. Ids that grow with time, as request ids do, cost no look-up. */
  #greatestId = "";

  constructor(database: DatabaseSync) {
    this.#newest = database.prepare(
      "SELECT coalesce(max(n), 0) AS last, coalesce((SELECT max(id) FROM hold), '') AS id FROM hold",
    );
    this.#byId = database.prepare(`${holdColumns} WHERE hold_now.id = ?`);
    this.#made = new Appender(
      database,
      "INSERT INTO hold (n, id, account, amount, parts, budgets, allowance_credits, " +
        "allowance_every_ms, operation, key_id, made_ms, expires_ms, record)",
      13,
    );
    this.#ended = new Appender(
      database,
      "INSERT INTO hold_end (hold, state, charged, overage, at_ms)",
      5,
    );
    this.#odd = database.prepare(
      "INSERT INTO odd_hold (hold, account) SELECT n, account FROM hold WHERE n = ?",
    );
    this.#move = database.prepare("UPDATE hold SET expires_ms = ? WHERE n = ?");
    this.#leave = database.prepare("INSERT INTO job (hold, slots) VALUES (?, ?)");
    this.#rows = new OpenHoldRows(database);
  }

  find(id: string): Hold | undefined {
    const current = this.#all().get(id);
    if (current !== undefined) return current;
    if (id > this.#greatestId) return undefined;
    const row = this.#byId.get(id);
    return row === undefined ? undefined : holdOf(row);
  }

  /** The number of the next hold: its entries are written before it. */
  nextNumber(): number {
    this.#all();
    return this.#last + 1;
  }

  add(hold: Hold, account: number, nowMs: number): void {
    const { n, id, allowance, record } = hold;
    const current = this.#all();
    this.#made.add(
      n,
      id,
      account,
      hold.amount,
      textOf(hold.parts),
      hold.budgets.length === 0 ? "[]" : `[${hold.budgets.join()}]`,
      allowance?.credits ?? null,
      allowance?.reset.kind === "lazy" ? allowance.reset.everyMs : null,
      hold.operation,
      hold.keyId,
      nowMs,
      hold.expiresAtMs,
      record ?? null,
    );
    this.#last = n;
    if (id > this.#greatestId) this.#greatestId = id;
    current.set(id, hold);
    this.#rows.advance(n, current.values());
  }

  /** Once: the row of its end has its number as key. */
  end(hold: Hold, state: EndState, charged: number, overage: number, nowMs: number): void {
    this.#ended.add(hold.n, state, charged, overage, nowMs);
    if (state === "expired" || overage > 0) {
      // It may have been made in this batch.
      this.#made.flush();
      this.#odd.run(hold.n);
    }
    hold.state = state;
    hold.charged = charged;
    hold.overage = overage;
    this.#justEnded.push(hold.id);
    this.#rows.end(hold.n);
  }

  extend(id: string, expiresAtMs: number): void {
    const hold = this.#all().get(id);
    if (hold?.state === "open") this.#moveDeadline(hold, expiresAtMs);
  }

  /** Leaves an open hold, and its record with the answer, to a job: once, its row has the hold's number as key. */
  leave(hold: Hold, slots: readonly string[], expiresAtMs: number): void {
    this.#moveDeadline(hold, expiresAtMs);
    this.#leave.run(hold.n, JSON.stringify(slots));
    hold.slots = slots;
    hold.record = undefined;
  }

  *open(): Iterable<Hold> {
    for (const hold of this.#all().values()) if (hold.state === "open") yield hold;
  }

  flush(): void {
    this.#made.flush();
    this.#ended.flush();
    for (const id of this.#justEnded) this.#current?.delete(id);
    this.#justEnded.length = 0;
  }

  /** Forgets what was not committed: the file is read anew when it is needed. */
  reset(): void {
    this.#made.reset();
    this.#ended.reset();
    this.#justEnded.length = 0;
    this.#current = undefined;
  }

  #moveDeadline(hold: Hold, expiresAtMs: number): void {
    // It may have been made in this batch.
    this.#made.flush();
    this.#move.run(expiresAtMs, hold.n);
    hold.expiresAtMs = expiresAtMs;
  }

  #all(): Map<string, Hold> {
    if (this.#current === undefined) {
      const newest = this.#newest.get();
      this.#last = Number(newest?.["last"]);
      this.#greatestId = String(newest?.["id"]);
      this.#current = new Map(this.#rows.load().map((row) => [String(row["id"]), holdOf(row)]));
    }
    return this.#current;
  }
}

/** JSON, made by hand: nearly every hold has one part. */
function textOf(parts: readonly Part[]): string {
  const [first] = parts;
  if (first === undefined) return "[]";
  if (parts.length === 1) return `[[${first[0]},${first[1]}]]`;
  return JSON.stringify(parts);
}

function holdOf(row: HoldRow): Hold {
  const credits = row["allowance_credits"] as number | null;
  const slots = row["slots"] as string | null;
  const everyMs = row["allowance_every_ms"] as number | null;
  const reset =
    everyMs === null ? ({ kind: "calendar_month" } as const) : ({ kind: "lazy", everyMs } as const);
  return {
    n: row["n"] as number,
    id: row["id"] as string,
    accountId: row["account_id"] as string,
    allowance: credits === null ? undefined : { credits, reset },
    amount: row["amount"] as number,
    parts: JSON.parse(row["parts"] as string) as Part[],
    budgets: JSON.parse(row["budgets"] as string) as number[],
    record: slots === null ? ((row["record"] as number | null) ?? undefined) : undefined,
    slots: slots === null ? undefined : (JSON.parse(slots) as string[]),
    operation: row["operation"] as string,
    keyId: row["key_id"] as string,
    expiresAtMs: row["expires_ms"] as number,
    state: row["state"] as Hold["state"],
    charged: row["charged"] as number,
    overage: row["overage"] as number,
  };
}
