// `sluice keys`: looked at, made, changed and ended.

import { systemClock } from "sluice/base";
import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { sure } from "../operator/confirm.ts";
import { orNotThere } from "../operator/failure.ts";
import type { AdminClient, Operator } from "../operator/operator.ts";
import { tellSecret } from "../operator/secret.ts";
import type { Key } from "../operator/shapes.ts";
import { creditsFrom, momentFrom, orNone, said } from "../operator/values.ts";
import { accountFor, noAccount } from "../operator/whose.ts";
import { show } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { fromNow, grouped, momentFromNow, orNothing, stamp } from "../print/words.ts";
import { say } from "../say.ts";
import { listOfAccount } from "./list-of-account.ts";
import { showRotation } from "./rotation-lines.ts";

const columns: readonly Column<Key>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  { title: "KEY", of: shownForm },
  { title: "STATE", of: stateOf },
  {
    title: "BUDGET",
    of: ({ budget }) => (budget === null ? "-" : grouped(budget)),
    align: "right",
  },
  { title: "CREATED (UTC)", of: ({ createdAtMs }) => stamp(createdAtMs) },
  {
    title: "EXPIRES",
    of: ({ expiresAtMs }) => (expiresAtMs === null ? "-" : fromNow(expiresAtMs)),
  },
];

export async function listKeys(operator: Operator, typed: TypedFor<"keys list">) {
  await listOfAccount(operator, typed, {
    columns,
    ask: (params, query) => operator.call("listKeys", { params, query }),
    whereEmpty: (accountId) =>
      `Account ${accountId} has no key: "sluice keys create --account ${accountId} --name <text>" makes one.`,
  });
}

export async function showKey(operator: Operator, typed: TypedFor<"keys show">) {
  const key = await keyOf(operator, typed);
  show(typed, key, linesOf);
  if (typed.json) return;
  const { id: keyId, accountId } = key;
  const rotation = await operator.call("getRotation", { params: { accountId, keyId } });
  showRotation(rotation);
}

export async function createKey(operator: Operator, typed: TypedFor<"keys create">) {
  const { name, test, api, workspace: workspaceId, project: projectId } = typed;
  if (name === undefined) {
    throw new CommandError("Say what people call it: --name <text>.", exitCodes.refused);
  }
  const accountId = await accountFor(operator, typed);
  const body = {
    name,
    environment: test ? "test" : "live",
    ...said({
      api,
      workspaceId,
      projectId,
      permissions: typed.permission,
      budget: typed.budget === undefined ? undefined : creditsFrom("--budget", typed.budget),
      expiresAtMs:
        typed.expires === undefined ? undefined : momentFrom("--expires", typed.expires, "ahead"),
    }),
  } as const;
  const creating = operator.call("createKey", { params: { accountId }, body });
  const made = await orNotThere(creating, noAccount(accountId));
  if (typed.json) return show(typed, made, () => []);
  say(linesOf(made.key).join("\n"));
  tellSecret(`The key "${made.key.name}"`, made.secret);
}

export async function changeKey(operator: Operator, typed: TypedFor<"keys change">) {
  const { name, permission, budget, expires } = typed;
  if ((name ?? permission ?? budget ?? expires) === undefined) {
    throw new CommandError(
      "Say what changes: --name, --permission, --budget or --expires.",
      exitCodes.refused,
    );
  }
  const { id: keyId, accountId } = await keyOf(operator, typed);
  const body = said({
    name,
    permissions: permission?.join() === "none" ? null : permission,
    budget:
      budget === undefined ? undefined : orNone(budget, (text) => creditsFrom("--budget", text)),
    expiresAtMs:
      expires === undefined
        ? undefined
        : orNone(expires, (text) => momentFrom("--expires", text, "ahead")),
  });
  const changed = await operator.call("changeKey", { params: { accountId, keyId }, body });
  show(typed, changed, linesOf);
}

export async function revokeKey(operator: Operator, typed: TypedFor<"keys revoke">) {
  const key = await keyOf(operator, typed);
  const { id: keyId, accountId, name } = key;
  await sure(`End key "${name}" of account ${accountId} at once and for ever?`, typed.yes);
  const revoked = await operator.call("revokeKey", { params: { accountId, keyId } });
  show(typed, revoked, linesOf);
}

/** Whosever it is: an id is enough. */
export async function keyOf(
  operator: AdminClient,
  { behind: [keyId = ""] }: { readonly behind: readonly string[] },
): Promise<Key> {
  const finding = operator.call("findKey", { params: { keyId } });
  return orNotThere(
    finding,
    `There is no key ${keyId}: "sluice keys list --account <id>" shows those of an account.`,
  );
}

function shownForm({ prefix, lastFour }: Key): string {
  return `${prefix}...${lastFour}`;
}

function stateOf({ state, overlapUntilMs }: Key): string {
  return state === "active" && overlapUntilMs !== null && overlapUntilMs > systemClock.wallMs()
    ? "rotating"
    : state;
}

export function linesOf(key: Key): string[] {
  const { id, accountId, name, api, environment, permissions, budget } = key;
  const scopes = [
    ["Workspace", key.workspaceId],
    ["Project", key.projectId],
    ["Permissions", permissions?.join(", ")],
    ["Budget", budget === null ? undefined : `${grouped(budget)} credits a month`],
    ["Expires", key.expiresAtMs === null ? undefined : momentFromNow(key.expiresAtMs)],
    ["Revoked", key.revokedAtMs === null ? undefined : momentFromNow(key.revokedAtMs)],
    [
      "Old secret",
      stateOf(key) === "rotating" ? `until ${momentFromNow(key.overlapUntilMs ?? 0)}` : undefined,
    ],
  ] as const;
  return facts([
    ["Key", `${id} (${shownForm(key)}, ${environment})`],
    ["Name", name],
    ["Account", accountId],
    ["API", orNothing(api)],
    ["State", stateOf(key)],
    ...scopes.flatMap(([title, value]) => (value ? [[title, value] as const] : [])),
    ["Created", momentFromNow(key.createdAtMs)],
  ]);
}
