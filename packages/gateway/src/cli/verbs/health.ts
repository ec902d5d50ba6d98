// `sluice health`: which stores answer, and how fast.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import type { Health } from "../operator/shapes.ts";
import { show } from "../print/shown.ts";
import { type Column, tableOf } from "../print/table.ts";
import { grouped, orNothing } from "../print/words.ts";

const columns: readonly Column<Health["stores"][number]>[] = [
  { title: "STORE", of: ({ name }) => name },
  { title: "STATUS", of: ({ status }) => status },
  { title: "MS", of: ({ tookMs }) => tookMs.toFixed(1), align: "right" },
  { title: "WHY", of: ({ why }) => orNothing(why), mayCut: true },
];

export async function showHealth(operator: Operator, typed: TypedFor<"health">): Promise<void> {
  const health = await operator.call("getHealth", {});
  show(typed, health, ({ stores, isServing, logRowsDropped }) => [
    ...tableOf(columns, stores),
    "",
    isServing ? "A gate serves." : "Nobody serves; the stores were opened for this.",
    ...(logRowsDropped > 0
      ? [`The log could not keep up: ${grouped(logRowsDropped)} rows were dropped.`]
      : []),
  ]);
  const ill = health.stores.filter(({ status }) => status === "failing").map(({ name }) => name);
  if (ill.length === 0) return;
  throw new CommandError(`Not answering: ${ill.join(", ")}.`, exitCodes.notReached);
}
