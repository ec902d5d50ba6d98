// `sluice accounts`: the customers.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { AdminClient, Operator } from "../operator/operator.ts";
import type { Account, Overrides } from "../operator/shapes.ts";
import { creditsFrom, oneOf, said, wrongValue } from "../operator/values.ts";
import { noAccount } from "../operator/whose.ts";
import { show, showList } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { grouped, momentFromNow, orNothing } from "../print/words.ts";
import { say } from "../say.ts";

const columns: readonly Column<Account>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  { title: "PLAN", of: ({ plan }) => plan },
  { title: "SUBSCRIPTION", of: ({ subscription }) => subscription },
  { title: "EXCEPTIONS", of: ({ overrides }) => orNothing(exceptionsOf(overrides)), mayCut: true },
];

export async function listAccounts(operator: Operator, typed: TypedFor<"accounts list">) {
  const { search } = typed;
  await showList(
    typed,
    columns,
    (page) => operator.call("listAccounts", { query: { ...page, ...said({ search }) } }),
    search === undefined
      ? 'There is no account yet: "sluice accounts create --name <text> --plan <name>" makes one.'
      : "No account's id or name holds that.",
  );
}

export async function showAccount(operator: Operator, typed: TypedFor<"accounts show">) {
  const [accountId = ""] = typed.behind;
  const params = { accountId };
  const account = await orNotThere(operator.call("getAccount", { params }), noAccount(accountId));
  if (typed.json) return show(typed, account, () => []);
  const [credits, usage] = await Promise.all([
    operator.call("getCredits", { params }),
    operator.call("getUsage", { params }),
  ]);
  const month = [
    `${grouped(usage.requests)} requests`,
    `${grouped(usage.refusals)} refused`,
    `${grouped(usage.faults)} faults`,
    `${grouped(usage.credits)} credits`,
  ];
  show(typed, account, () => [
    ...linesOf(account),
    ...facts([
      ["Credits left", `${grouped(credits.remaining)} (${grouped(credits.held)} held)`],
      ["Starts anew", credits.resetAtMs === null ? "-" : momentFromNow(credits.resetAtMs)],
      ["This month", month.join(", ")],
    ]),
  ]);
}

export async function createAccount(operator: Operator, typed: TypedFor<"accounts create">) {
  const { name, plan, id } = typed;
  if (name === undefined || plan === undefined) {
    throw new CommandError(
      `Say --name and --plan: the plans are ${(await planNames(operator)).join(", ")}.`,
      exitCodes.refused,
    );
  }
  const account = await operator.call("createAccount", { body: { name, plan, ...said({ id }) } });
  show(typed, account, linesOf);
  say(`Give it a key: sluice keys create --account ${account.id} --name <text>`);
}

export async function changeAccount(operator: Operator, typed: TypedFor<"accounts change">) {
  const { name, plan, subscription, except } = typed;
  const [accountId = ""] = typed.behind;
  const params = { accountId };
  if ((name ?? plan ?? subscription ?? except) === undefined) {
    throw new CommandError(
      "Say what changes: --name, --plan, --subscription or --except.",
      exitCodes.refused,
    );
  }
  const overrides = except && (await exceptionsWith(operator, accountId, except));
  const body = said({
    name,
    plan,
    subscription:
      subscription === undefined
        ? undefined
        : oneOf("--subscription", subscription, ["active", "inactive"]),
    overrides,
  });
  const changing = operator.call("changeAccount", { params, body });
  show(typed, await orNotThere(changing, noAccount(accountId)), linesOf);
}

async function planNames(operator: AdminClient): Promise<readonly string[]> {
  const { data } = await operator.call("listPlans", { query: { limit: 100 } });
  return data.map(({ name }) => name);
}

const kinds = ["windows", "slots", "limits"] as const;
const form =
  "give windows.<name>, slots.<name>, limits.<name> or allowance, = and a number or none";

/** Those that an account has, changed: the admin API takes them as a whole. */
async function exceptionsWith(
  operator: AdminClient,
  accountId: string,
  texts: readonly string[],
): Promise<Overrides | null> {
  const getting = operator.call("getAccount", { params: { accountId } });
  const { overrides, plan } = await orNotThere(getting, noAccount(accountId));
  const { allowance, ...groups } = overrides ?? {};
  const named: Record<string, Record<string, number>> = structuredClone(groups) as never;
  let wanted = allowance;
  for (const text of texts) {
    const [, what = "", number = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const [kind = "", name = ""] = what.split(/\.(.*)/);
    if (what === "allowance") {
      const credits = number === "none" ? undefined : creditsFrom("--except allowance", number);
      wanted =
        credits === undefined ? undefined : { credits, reset: await resetOf(operator, plan) };
      continue;
    }
    if (!kinds.some((one) => one === kind) || name === "") throw wrongValue("--except", text, form);
    named[kind] ??= {};
    const group = named[kind];
    if (number === "none") delete group[name];
    else group[name] = creditsFrom(`--except ${what}`, number);
  }
  const kept = Object.entries(named).filter(([, group]) => Object.keys(group).length > 0);
  if (kept.length === 0 && wanted === undefined) return null;
  return { ...Object.fromEntries(kept), ...said({ allowance: wanted }) };
}

/** An exception starts anew when the plan's own allowance does. */
async function resetOf(operator: AdminClient, plan: string) {
  const { data } = await operator.call("listPlans", { query: { limit: 100 } });
  return (
    data.find(({ name }) => name === plan)?.allowance?.reset ??
    ({ kind: "calendar_month" } as const)
  );
}

function exceptionsOf(overrides: Account["overrides"]): string {
  const { allowance, ...groups } = overrides ?? {};
  const named = Object.entries(groups).flatMap(([kind, group]) =>
    Object.entries(group ?? {}).map(([name, number]) => `${kind}.${name}=${number}`),
  );
  return [...named, ...(allowance ? [`allowance=${allowance.credits}`] : [])].join(", ");
}

function linesOf({ id, name, plan, subscription, overrides, warnings }: Account): string[] {
  return facts([
    ["Account", id],
    ["Name", name],
    ["Plan", plan],
    ["Subscription", subscription],
    ["Exceptions", orNothing(exceptionsOf(overrides))],
    ["Warned at", orNothing(warnings?.url)],
  ]);
}
