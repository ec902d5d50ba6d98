// A batch on its way to the database: commands name holds and scopes by their places in two lists, in which each
// stands once.

import { monthEndMs, monthStartMs } from "../../../contract/index.ts";
import type {
  AccountFunds,
  Budget,
  Grant,
  Idempotency,
  JobStart,
  Reservation,
  Settlement,
  StoredAnswer,
} from "../../../gate/stores.ts";

export type Command =
  | { readonly kind: "reserve"; readonly of: Reservation; readonly nowMs: number }
  | { readonly kind: "settle"; readonly of: Settlement; readonly nowMs: number }
  | { readonly kind: "release"; readonly of: string; readonly nowMs: number }
  | { readonly kind: "extend"; readonly of: string; readonly expiresAtMs: number }
  | { readonly kind: "detach"; readonly of: JobStart; readonly nowMs: number }
  | { readonly kind: "job"; readonly of: string }
  | { readonly kind: "recall"; readonly of: Idempotency; readonly nowMs: number }
  | { readonly kind: "balance"; readonly of: AccountFunds; readonly nowMs: number }
  | { readonly kind: "grant"; readonly of: Grant; readonly nowMs: number }
  | { readonly kind: "jobs" }
  | {
      readonly kind: "expire";
      readonly nowMs: number;
      readonly max: number;
      readonly dueMs: number;
    };

/** Those that one call of the function takes together. */
export type BatchCommand = Exclude<Command, { readonly kind: "jobs" | "expire" }>;

export interface PackedBatch {
  readonly holds: readonly string[];
  readonly scopes: readonly string[];
  readonly commands: readonly object[];
}

/** The order in which a caller can do something about it. */
const narrowestFirst: readonly Budget["scope"][] = ["key", "project", "workspace"];

export function narrowest(budgets: readonly Budget[]): readonly Budget[] {
  if (budgets.length < 2) return budgets;
  return narrowestFirst.flatMap((scope) => budgets.filter((budget) => budget.scope === scope));
}

export function accountScope(accountId: string): string {
  return `account/${accountId}`;
}

export function budgetScope({ scope, id }: Budget): string {
  return `${scope}/${id}`;
}

export function packBatch(batch: readonly BatchCommand[]): PackedBatch {
  const packing = new Packing();
  const commands = batch.map((command) => packing.pack(command));
  return { holds: packing.holds.names, scopes: packing.scopes.names, commands };
}

/** Names by their places, which begin at 1 as they do in SQL. */
class Places {
  readonly names: string[] = [];
  readonly #places = new Map<string, number>();

  of(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.names.push(name);
    this.#places.set(name, place);
    return place;
  }
}

class Packing {
  readonly holds = new Places();
  readonly scopes = new Places();

  pack(command: BatchCommand): object {
    const { kind, of } = command;
    switch (kind) {
      case "reserve":
        return this.#reserve(of, command.nowMs);
      case "settle":
        return {
          ...this.#hold(kind, of.holdId, command.nowMs),
          amount: of.charge,
          ...(of.overage !== undefined && { overage: of.overage }),
          ...answered(of),
        };
      case "detach":
        return {
          ...this.#hold(kind, of.holdId, command.nowMs),
          slots: JSON.stringify(of.slots),
          expires_ms: timeOf(of.expiresAtMs),
          ...answered(of),
        };
      case "release":
        return this.#hold(kind, of, command.nowMs);
      case "extend":
        return { kind, hold: this.holds.of(of), expires_ms: timeOf(command.expiresAtMs) };
      case "job":
        return { kind, hold: this.holds.of(of) };
      case "recall":
        return { kind, now_ms: command.nowMs, ...this.#idempotency(of) };
      case "balance":
        return { kind, now_ms: command.nowMs, ...this.#funds(of) };
      case "grant":
        return {
          kind,
          now_ms: command.nowMs,
          account: this.scopes.of(accountScope(of.accountId)),
          period: `grant/${of.id}`,
          amount: of.amount,
          expires_ms: timeOf(of.expiresAtMs ?? Number.POSITIVE_INFINITY),
          reason: of.reason,
        };
    }
  }

  #reserve(reservation: Reservation, nowMs: number): object {
    const { holdId, funds, budgets, amount, expiresAtMs, operation, keyId } = reservation;
    const { idempotency } = reservation;
    const { allowance } = funds;
    const startMs = allowance?.reset.kind === "lazy" ? nowMs : monthStartMs(nowMs);
    return {
      ...this.#hold("reserve", holdId, nowMs),
      ...this.#funds(funds),
      ...(allowance !== undefined && {
        period: `allowance/${funds.accountId}/${new Date(startMs).toISOString()}`,
        start_ms: startMs,
        month_end_ms: monthEndMs(startMs),
      }),
      ...(budgets.length > 0 && {
        month_ms: monthStartMs(nowMs),
        budgets: narrowest(budgets).map((budget) => this.scopes.of(budgetScope(budget))),
        caps: narrowest(budgets).map(({ cap }) => cap),
      }),
      amount,
      expires_ms: timeOf(expiresAtMs),
      operation,
      key_id: keyId,
      ...(idempotency !== undefined && this.#idempotency(idempotency)),
    };
  }

  #hold(kind: string, holdId: string, nowMs: number): object {
    return { kind, now_ms: nowMs, hold: this.holds.of(holdId) };
  }

  #funds({ accountId, allowance }: AccountFunds): object {
    return {
      account: this.scopes.of(accountScope(accountId)),
      ...(allowance !== undefined && { credits: allowance.credits }),
      ...(allowance?.reset.kind === "lazy" && { every_ms: allowance.reset.everyMs }),
    };
  }

  #idempotency({ accountId, operation, key, fingerprint }: Idempotency): object {
    return {
      record_account: this.scopes.of(accountScope(accountId)),
      // The length in front, so that no choice of names reads like another.
      key: `${operation.length}:${operation}${key}`,
      fingerprint,
    };
  }
}

function answered(of: { readonly answer?: StoredAnswer; readonly rememberMs: number }): object {
  const { answer, rememberMs } = of;
  return {
    remember_ms: timeOf(rememberMs),
    ...(answer !== undefined && { answer: JSON.stringify(answer) }),
  };
}

/** JSON has no Infinity; PostgreSQL reads the word. */
function timeOf(ms: number): number | string {
  return Number.isFinite(ms) ? ms : String(ms);
}
