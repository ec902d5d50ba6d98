// `sluice holds`: credits that were set aside, and did not end as they should.

import type { TypedFor } from "../command/commands.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { Hold } from "../operator/shapes.ts";
import { said } from "../operator/values.ts";
import { show, showList } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { grouped, momentFromNow, stamp } from "../print/words.ts";

const columns: readonly Column<Hold>[] = [
  { title: "MADE (UTC)", of: ({ madeAtMs }) => stamp(madeAtMs) },
  { title: "REQUEST", of: ({ id }) => id },
  { title: "ACCOUNT", of: ({ accountId }) => accountId },
  { title: "OPERATION", of: ({ operation }) => operation, mayCut: true },
  { title: "STATE", of: ({ state }) => state },
  { title: "HELD", of: ({ amount }) => grouped(amount), align: "right" },
  { title: "CHARGED", of: ({ charged }) => grouped(charged), align: "right" },
  { title: "OVER", of: ({ overage }) => grouped(overage), align: "right" },
];

export async function listHolds(operator: Operator, typed: TypedFor<"holds list">): Promise<void> {
  const { account: accountId } = typed;
  await showList(
    typed,
    columns,
    (page) => operator.call("listHolds", { query: { ...page, ...said({ accountId }) } }),
    "No hold needs a look: none ran out, and none came to more than was held.",
  );
}

export async function showHold(operator: Operator, typed: TypedFor<"holds show">): Promise<void> {
  const [holdId = ""] = typed.behind;
  const asking = operator.call("getHold", { params: { holdId } });
  const hold = await orNotThere(
    asking,
    `Request ${holdId} held no credits, or is not of this ledger.`,
  );
  show(typed, hold, linesOf);
}

function linesOf({ id, accountId, keyId, operation, ...hold }: Hold): string[] {
  return facts([
    ["Request", id],
    ["Account", `${accountId}, with key ${keyId}`],
    ["Operation", hold.isJob ? `${operation}, a job` : operation],
    ["State", hold.state],
    ["Held", grouped(hold.amount)],
    ["Charged", grouped(hold.charged)],
    ["Over", `${grouped(hold.overage)}, recorded and not taken`],
    ["Made", momentFromNow(hold.madeAtMs)],
    ["Ended", hold.endedAtMs === null ? "-" : momentFromNow(hold.endedAtMs)],
  ]);
}
