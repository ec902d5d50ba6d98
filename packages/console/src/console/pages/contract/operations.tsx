// The operations: what each costs, who may call it, and which windows and slots it takes.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { credits } from "../../../parts/numbers.ts";
import { type ApiOperation, holds } from "./api.ts";
import type { Searched } from "./codes.tsx";

export function priceOf({ price: { kind, credits: amount } }: ApiOperation): string {
  if (kind === "free" || amount === 0) return "free";
  if (amount === null) return "as quoted";
  return kind === "at_most" ? `up to ${credits(amount)}` : credits(amount);
}

const columnsFor = (api: string): readonly Column<ApiOperation>[] => [
  column("Operation", ({ name, method, path, summary }) => (
    <>
      <code>
        {method} {path}
      </code>
      <br />
      <strong>{name}</strong> <span className="quiet">{summary}</span>
    </>
  )),
  column("Price", priceOf, "number"),
  column("Windows", ({ windows }) => windows.join(", ") || "none"),
  column("Slots", ({ slots }) => slots.join(", ") || "none"),
  column("Permission", ({ permission }) => permission ?? "none"),
  column("Plans", ({ plans }) => plans?.join(", ") ?? "all"),
  column("Takes", (operation) => <Traits operation={operation} />),
  column("Refusals", ({ name }) => (
    <Link to="/contract/$api/refusal" params={{ api }} search={{ operation: name }}>
      Simulate<span className="only-read"> a refusal of {name}</span>
    </Link>
  )),
];

function Traits({ operation }: { readonly operation: ApiOperation }): ReactNode {
  const { idempotency, isStream, isJob } = operation;
  return (
    <span className="row">
      {idempotency && <Mark>idempotency key</Mark>}
      {isStream && <Mark>stream</Mark>}
      {isJob && <Mark>job</Mark>}
    </span>
  );
}

export function Operations({ api, search }: Searched): ReactNode {
  const rows = api.operations.filter(({ name, method, path, summary, ...more }) => {
    const taken = [...more.windows, ...more.slots, more.permission ?? ""];
    return holds(search, [name, method, path, summary, ...taken]);
  });
  if (rows.length === 0) return <p className="empty">No operation is like “{search}”.</p>;
  return (
    <Table
      caption={`Operations of ${api.title}`}
      columns={columnsFor(api.title)}
      rows={rows}
      keyOf={({ name }) => name}
    />
  );
}
