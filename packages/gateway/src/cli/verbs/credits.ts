// `sluice credits`: what is left, what was given, and each movement.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { Balance, Entry, Grant } from "../operator/shapes.ts";
import { creditsFrom, momentFrom, said } from "../operator/values.ts";
import { accountFor, noAccount } from "../operator/whose.ts";
import { show } from "../print/shown.ts";
import { type Column, facts, tableOf } from "../print/table.ts";
import { fromNow, grouped, momentFromNow, orNothing, span, stamp } from "../print/words.ts";
import { listOfAccount } from "./list-of-account.ts";

type Pot = Balance["pots"][number];

const pots: readonly Column<Pot>[] = [
  { title: "SPENT IN THIS ORDER", of: ({ kind, id }) => (id === null ? kind : `${kind} ${id}`) },
  { title: "LEFT", of: ({ remaining }) => grouped(remaining), align: "right" },
  {
    title: "EXPIRES",
    of: ({ expiresAtMs }) => (expiresAtMs === null ? "-" : fromNow(expiresAtMs)),
  },
];

const grants: readonly Column<Grant>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "GIVEN", of: ({ amount }) => grouped(amount), align: "right" },
  { title: "LEFT", of: ({ remaining }) => grouped(remaining), align: "right" },
  { title: "HELD", of: ({ held }) => grouped(held), align: "right" },
  { title: "CHARGED", of: ({ charged }) => grouped(charged), align: "right" },
  { title: "LAPSED", of: ({ lapsed }) => grouped(lapsed), align: "right" },
  {
    title: "EXPIRES",
    of: ({ expiresAtMs }) => (expiresAtMs === null ? "-" : fromNow(expiresAtMs)),
  },
  { title: "REASON", of: ({ reason }) => reason, mayCut: true },
];

const entries: readonly Column<Entry>[] = [
  { title: "AT (UTC)", of: ({ atMs }) => stamp(atMs) },
  { title: "CREDITS", of: ({ amount }) => grouped(amount), align: "right" },
  { title: "FROM", of: ({ from }) => from },
  { title: "TO", of: ({ to }) => to },
  { title: "OF", of: ({ pot }) => pot },
  { title: "REQUEST", of: ({ holdId }) => orNothing(holdId) },
];

export async function showCredits(
  operator: Operator,
  typed: TypedFor<"credits show">,
): Promise<void> {
  const accountId = await accountFor(operator, typed);
  const asking = operator.call("getCredits", { params: { accountId } });
  const balance = await orNotThere(asking, noAccount(accountId));
  show(typed, balance, () => linesOf(accountId, balance));
}

export async function grantCredits(
  operator: Operator,
  typed: TypedFor<"credits grant">,
): Promise<void> {
  const [text = ""] = typed.behind;
  const amount = creditsFrom("The number of credits", text);
  const { reason, id, expires } = typed;
  if (reason === undefined) {
    throw new CommandError("Say why, for the statement: --reason <text>.", exitCodes.refused);
  }
  const accountId = await accountFor(operator, typed);
  const expiresAtMs = expires === undefined ? undefined : momentFrom("--expires", expires, "ahead");
  const body = { amount, reason, ...said({ id, expiresAtMs }) };
  const granting = operator.call("grantCredits", { params: { accountId }, body });
  const grant = await orNotThere(granting, noAccount(accountId));
  show(typed, grant, () =>
    facts([
      ["Grant", grant.id],
      ["Account", accountId],
      ["Credits", grouped(grant.amount)],
      ["Reason", grant.reason],
      ["Expires", grant.expiresAtMs === null ? "-" : momentFromNow(grant.expiresAtMs)],
    ]),
  );
}

export async function listGrants(
  operator: Operator,
  typed: TypedFor<"credits grants">,
): Promise<void> {
  await listOfAccount(operator, typed, {
    columns: grants,
    ask: (params, query) => operator.call("listGrants", { params, query }),
    whereEmpty: (accountId) => `Account ${accountId} was given nothing beside its plan.`,
  });
}

export async function showHistory(
  operator: Operator,
  typed: TypedFor<"credits history">,
): Promise<void> {
  await listOfAccount(operator, typed, {
    columns: entries,
    ask: (params, query) => operator.call("listEntries", { params, query }),
    whereEmpty: (accountId) => `No credits of account ${accountId} have moved yet.`,
  });
}

function linesOf(accountId: string, balance: Balance): string[] {
  const { remaining, held, used, allowance, resetAtMs } = balance;
  const lines = facts([
    ["Account", accountId],
    ["Left", `${grouped(remaining)} credits`],
    ["Held", `${grouped(held)} for calls and jobs that run`],
    ["Used", `${grouped(used)} in this period`],
    ["Allowance", allowance === null ? "-" : `${grouped(allowance.credits)} ${everyOf(allowance)}`],
    ["Starts anew", resetAtMs === null ? "-" : momentFromNow(resetAtMs)],
  ]);
  return balance.pots.length === 0 ? lines : [...lines, "", ...tableOf(pots, balance.pots)];
}

function everyOf({ reset }: NonNullable<Balance["allowance"]>): string {
  return reset.kind === "calendar_month"
    ? "each calendar month"
    : `each ${span(reset.everyMs)}, from the first call on`;
}
