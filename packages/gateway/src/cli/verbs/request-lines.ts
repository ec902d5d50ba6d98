// A request as one line of a table, and the filters by which requests are found.

import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Row } from "../operator/shapes.ts";
import { momentFrom, oneOf, said, wrongValue } from "../operator/values.ts";
import type { Column } from "../print/table.ts";
import { styled } from "../print/terminal.ts";
import { grouped, orNothing, stamp } from "../print/words.ts";

export const requestColumns: readonly Column<Row>[] = [
  { title: "AT (UTC)", of: ({ atMs }) => stamp(atMs), usualWidth: 19 },
  { title: "REQUEST", of: ({ requestId }) => requestId, usualWidth: 36 },
  { title: "STATUS", of: ({ status }) => String(status), align: "right" },
  {
    title: "CODE",
    of: ({ code, ending }) => code ?? (ending === "done" ? "-" : ending),
    usualWidth: 16,
  },
  { title: "ACCOUNT", of: ({ accountId }) => orNothing(accountId), usualWidth: 16 },
  {
    title: "OPERATION",
    of: ({ operation, method, path }) => operation ?? `${method} ${path}`,
    mayCut: true,
    usualWidth: 20,
  },
  {
    title: "MS",
    of: ({ durationMs }) => grouped(Math.round(durationMs)),
    align: "right",
    usualWidth: 6,
  },
  { title: "CREDITS", of: ({ charged }) => grouped(charged), align: "right" },
];

export interface Filters {
  readonly account?: string;
  readonly key?: string;
  readonly api?: string;
  readonly operation?: string;
  readonly code?: string;
  readonly condition?: string;
  readonly status?: string;
  readonly ending?: string;
  readonly "older-secret"?: boolean;
  readonly since?: string;
  readonly until?: string;
}

const endings = ["done", "refused", "fault", "replayed", "abandoned"] as const;

export function queryOf(filters: Filters) {
  const { account: accountId, key: keyId, api, operation, code, condition, ending } = filters;
  const { status, since, until } = filters;
  if (status !== undefined && !/^[1-5]\d\d$/.test(status)) {
    throw wrongValue("--status", status, "give a status like 429");
  }
  const query = said({
    ...{ accountId, keyId, api, operation, code, condition },
    status: status === undefined ? undefined : Number(status),
    ending: ending === undefined ? undefined : oneOf("--ending", ending, endings),
    isOlderSecret: filters["older-secret"],
    fromMs: since === undefined ? undefined : momentFrom("--since", since, "ago"),
    toMs: until === undefined ? undefined : momentFrom("--until", until, "ago"),
  });
  if ((query.fromMs ?? 0) >= (query.toMs ?? Number.POSITIVE_INFINITY)) {
    throw new CommandError("--since is not before --until.", exitCodes.refused);
  }
  return query;
}

/** What went wrong stands out. */
export function tinted({ status, ending }: Row, line: string): string {
  if (status >= 500) return styled("red", line);
  return ending === "refused" ? styled("yellow", line) : line;
}
