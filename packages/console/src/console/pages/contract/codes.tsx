// The catalogue: each code with its status, what a caller does about it, and whether to try again.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { StatusMark } from "../../../parts/mark.tsx";
import { type Api, type Code, holds } from "./api.ts";

export interface Searched {
  readonly api: Api;
  readonly search: string;
}

export const retries: Readonly<Record<string, string>> = {
  never: "never",
  wait: "after the Retry-After that it names",
  backoff: "with growing waits",
};

export const actions: Readonly<Record<string, string>> = {
  wait: "wait",
  top_up: "top up credits",
  upgrade: "upgrade the plan",
  fix_request: "fix the request",
  rotate_key: "use another key",
  contact: "contact support",
};

const columnsFor = (api: string): readonly Column<Code>[] => [
  column("Code", ({ code }) => (
    <Link to="/contract/$api/codes/$code" params={{ api, code }}>
      <code>{code}</code>
    </Link>
  )),
  column("Status", ({ status }) => <StatusMark status={status} />),
  column("Action", ({ action }) => actions[action] ?? action),
  column("Try again", ({ retry }) => retries[retry] ?? retry),
  column("Message", ({ message }) => message, "long"),
  column("Conditions", ({ conditions }) =>
    conditions.length === 0 ? (
      <span className="quiet">for some fields or operations only</span>
    ) : (
      <ul className="plain-list">
        {conditions.map((condition) => (
          <li key={condition}>
            <Link to="/contract/$api/refusal" params={{ api }} search={{ condition }}>
              <code>{condition}</code>
            </Link>
          </li>
        ))}
      </ul>
    ),
  ),
];

export function Codes({ api, search }: Searched): ReactNode {
  const rows = api.codes.filter((code) =>
    holds(search, [
      ...[code.code, String(code.status), code.message, code.action, code.retry],
      ...[actions[code.action] ?? "", code.whatHappened, code.howToFix, ...code.conditions],
    ]),
  );
  if (rows.length === 0) return <p className="empty">No code is like “{search}”.</p>;
  return (
    <Table
      caption={`Codes of ${api.title}`}
      columns={columnsFor(api.title)}
      rows={rows}
      keyOf={({ code }) => code}
    />
  );
}
