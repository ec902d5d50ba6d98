// What was changed in an account, by whom: the newest first, and what is different after it.

import type { ReactNode } from "react";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { Time } from "../../../parts/time.tsx";
import { type Listed, useAdminList } from "../../admin.ts";
import { Elsewhere } from "../../elsewhere.tsx";
import { useAccountId } from "./account.tsx";

type Change = Listed<"listChanges">;

const columns: readonly Column<Change>[] = [
  column("Time", ({ atMs }) => <Time atMs={atMs} />),
  column("By", ({ by }) => by),
  column("What", ({ kind, id }) => (
    <>
      {kind} <code>{id}</code>
    </>
  )),
  column("Change", (change) => differencesOf(change)),
];

export function AccountHistory(): ReactNode {
  const accountId = useAccountId();
  const query = useAdminList("listChanges", { query: { accountId } });
  return (
    <>
      <ListTable
        caption="Changes to the account, newest first"
        columns={columns}
        query={query}
        keyOf={({ sequence }) => String(sequence)}
        empty={<p>Nothing of this account was changed yet.</p>}
      />
      <p>
        <Elsewhere to="/audit" search={{ accountId }}>
          In full, with filters
        </Elsewhere>
      </p>
    </>
  );
}

function differencesOf({ before, after }: Change): string {
  if (before === null) return "created";
  if (after === null) return "removed";
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  return changed.map((name) => `${name}: ${shown(old[name])} → ${shown(now[name])}`).join("; ");
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
