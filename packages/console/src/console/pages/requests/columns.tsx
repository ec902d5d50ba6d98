// What the list of requests shows of each.

import { type Column, column } from "../../../parts/list-table.tsx";
import { StatusMark } from "../../../parts/mark.tsx";
import { count, duration } from "../../../parts/numbers.ts";
import { path } from "../../../parts/place.ts";
import { ShortTime } from "../../../parts/time.tsx";
import type { RequestRow } from "./use-row-window.ts";

export function hrefOf(requestId: string): string {
  return `${path}/requests/${encodeURIComponent(requestId)}`;
}

/** What a request was, in the contract's words where it has any. */
export function whatOf({ operation, method, path: asked }: RequestRow): string {
  return operation ?? `${method} ${asked}`;
}

export const columns: readonly Column<RequestRow>[] = [
  column("Time", ({ requestId, atMs }) => (
    // The link is as large as its row. No `Link`: a fast scroll makes a thousand a second.
    <a href={hrefOf(requestId)} data-request={requestId}>
      <ShortTime atMs={atMs} />
    </a>
  )),
  column("Status", ({ status }) => <StatusMark status={status} />),
  column("Code", ({ code, ending }) =>
    code === null ? <span className="quiet">{ending}</span> : <code>{code}</code>,
  ),
  column("Operation", (row) => (
    <span title={`${row.method} ${row.path}`}>
      {row.operation ?? (
        <code>
          {row.method} {row.path}
        </code>
      )}
    </span>
  )),
  column("Account", ({ accountId, address }) =>
    accountId === null ? (
      <span className="quiet">{address}</span>
    ) : (
      <code title={accountId}>{accountId}</code>
    ),
  ),
  column("Key", ({ keyId }) => keyId !== null && <code title={keyId}>{keyId}</code>),
  column("Took", ({ durationMs }) => duration(durationMs), "number"),
  column(
    "Credits",
    ({ charged }) => (charged === 0 ? <span className="quiet">0</span> : count(charged)),
    "number",
  ),
];
