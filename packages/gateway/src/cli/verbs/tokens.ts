// `sluice tokens`: who may ask the admin API, and what.

import { roleNames } from "../../admin/contract/roles.ts";
import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { sure } from "../operator/confirm.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import { tellSecret } from "../operator/secret.ts";
import type { Token } from "../operator/shapes.ts";
import { momentFrom, oneOf, said } from "../operator/values.ts";
import { show, showList } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { fromNow, orNothing, stamp } from "../print/words.ts";
import { say } from "../say.ts";

const columns: readonly Column<Token>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  { title: "ROLE", of: ({ role }) => orNothing(role) },
  { title: "STATE", of: ({ state }) => state },
  { title: "TOKEN", of: ({ prefix, lastFour }) => `${prefix}...${lastFour}` },
  { title: "CREATED (UTC)", of: ({ createdAtMs }) => stamp(createdAtMs) },
  {
    title: "EXPIRES",
    of: ({ expiresAtMs }) => (expiresAtMs === null ? "-" : fromNow(expiresAtMs)),
  },
];

export async function listTokens(
  operator: Operator,
  typed: TypedFor<"tokens list">,
): Promise<void> {
  await showList(
    typed,
    columns,
    (query) => operator.call("listTokens", { query }),
    'Nobody has a token beside the gate itself: "sluice tokens create --name <text> --role support" makes one.',
  );
}

export async function createToken(
  operator: Operator,
  typed: TypedFor<"tokens create">,
): Promise<void> {
  const { name, role, expires } = typed;
  if (name === undefined || role === undefined) {
    throw new CommandError(`Say --name and --role: ${roleNames.join(", ")}.`, exitCodes.refused);
  }
  const expiresAtMs = expires === undefined ? undefined : momentFrom("--expires", expires, "ahead");
  const body = { name, role: oneOf("--role", role, roleNames), ...said({ expiresAtMs }) };
  const made = await operator.call("createToken", { body });
  if (typed.json) return show(typed, made, () => []);
  say(linesOf(made.token).join("\n"));
  tellSecret(`The token "${name}"`, made.secret);
}

export async function revokeToken(
  operator: Operator,
  typed: TypedFor<"tokens revoke">,
): Promise<void> {
  const [tokenId = ""] = typed.behind;
  await sure(`End token ${tokenId} at once and for ever?`, typed.yes);
  const revoking = operator.call("revokeToken", { params: { tokenId } });
  const revoked = await orNotThere(
    revoking,
    `There is no token ${tokenId}: see "sluice tokens list".`,
  );
  show(typed, revoked, linesOf);
}

function linesOf({ id, name, role, state, prefix, lastFour }: Token): string[] {
  return facts([
    ["Token", `${id} (${prefix}...${lastFour})`],
    ["Name", name],
    ["Role", orNothing(role)],
    ["State", state],
  ]);
}
