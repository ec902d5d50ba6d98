// `sluice changes`: what was changed, by whom, and how.

import type { TypedFor } from "../command/commands.ts";
import type { Operator } from "../operator/operator.ts";
import type { RecordedChange } from "../operator/shapes.ts";
import { oneOf, said } from "../operator/values.ts";
import { showList } from "../print/shown.ts";
import type { Column } from "../print/table.ts";
import { orNothing, stamp } from "../print/words.ts";

const columns: readonly Column<RecordedChange>[] = [
  { title: "AT (UTC)", of: ({ atMs }) => stamp(atMs) },
  { title: "BY", of: ({ by }) => by },
  { title: "ACCOUNT", of: ({ accountId }) => orNothing(accountId) },
  { title: "RECORD", of: ({ kind, id }) => `${kind} ${id}` },
  { title: "CHANGED", of: ({ before, after }) => differenceOf(before, after), mayCut: true },
];

const kinds = ["account", "workspace", "project", "key", "grant", "incident"] as const;

export async function listChanges(operator: Operator, typed: TypedFor<"changes">): Promise<void> {
  const { account: accountId, id, by } = typed;
  const kind = typed.kind === undefined ? undefined : oneOf("--kind", typed.kind, kinds);
  const filters = said({ accountId, id, by, kind });
  await showList(
    typed,
    columns,
    (page) => operator.call("listChanges", { query: { ...page, ...filters } }),
    Object.keys(filters).length === 0 ? "Nothing was changed yet." : "No change is like that.",
  );
}

/** `created`, or each member that differs: `plan free > pro`. */
function differenceOf(before: unknown, after: unknown): string {
  if (before === null || before === undefined) return "created";
  const [was, is] = [before, after].map(
    (record) => (record ?? {}) as Readonly<Record<string, unknown>>,
  );
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  const changed = names.filter((name) => textOf(was?.[name]) !== textOf(is?.[name]));
  return changed.map((name) => `${name} ${textOf(was?.[name])} > ${textOf(is?.[name])}`).join(", ");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : orNothing(JSON.stringify(value));
}
