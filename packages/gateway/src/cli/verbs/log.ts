// `sluice log show`: requests that were answered, newest first, or one of them.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import type { Row } from "../operator/shapes.ts";
import { show, showList } from "../print/shown.ts";
import { facts } from "../print/table.ts";
import { moment, orNothing } from "../print/words.ts";
import { say } from "../say.ts";
import { type Filters, queryOf, requestColumns } from "./request-lines.ts";
import { onceWritten } from "./written.ts";

export async function showLog(operator: Operator, typed: TypedFor<"log show">): Promise<void> {
  const [requestId] = typed.behind;
  if (requestId !== undefined) return showRequest(operator, typed, requestId);
  const filters = queryOf(typed);
  await showList(
    typed,
    requestColumns,
    (page) => operator.call("listRequests", { query: { ...page, ...filters } }),
    Object.keys(filters).length === 0 ? "No request was answered yet." : "No request is like that.",
  );
}

async function showRequest(operator: Operator, typed: TypedFor<"log show">, requestId: string) {
  const { behind: _, json, config, url, ...filters } = typed;
  const [filter] = Object.keys(filters satisfies Filters & object);
  if (filter !== undefined) {
    throw new CommandError(
      `--${filter} finds requests; one that is named needs none.`,
      exitCodes.refused,
    );
  }
  const row = await onceWritten(requestId, () =>
    operator.call("getRequest", { params: { requestId } }),
  );
  show(typed, row, linesOf);
  if (!json) say(`What happened to it: sluice explain ${requestId}`);
}

/** By the names that the admin API has for them; what is not there is left out. */
function linesOf(row: Row): string[] {
  const { atMs, ...others } = row;
  const shown = Object.entries(others).filter(([, value]) => value !== null && value !== false);
  return facts([
    ["at", moment(atMs)],
    ...shown.map(([name, value]) => [name, textOf(value)] as const),
  ]);
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : orNothing(value as string | number);
}
