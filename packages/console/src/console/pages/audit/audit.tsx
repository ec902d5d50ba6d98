// What was changed, by whom, and how it was before and after.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { Time } from "../../../parts/time.tsx";
import { useAdminList } from "../../admin.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { type Change, Changed, Subject } from "./changed.tsx";

const here = getRouteApi("/inside/audit");

const columns: readonly Column<Change>[] = [
  column("When", ({ atMs }) => <Time atMs={atMs} />),
  column("Whose", ({ accountId }) => <Whose accountId={accountId} />),
  column("What", (change) => <Subject change={change} />),
  column("Changed", (change) => <Changed change={change} />),
  column("By", ({ by }) => (
    <Link to="/audit" search={{ by }}>
      {by}
    </Link>
  )),
];

function Whose({ accountId }: { readonly accountId: string }): ReactNode {
  if (accountId === "") return "–";
  return (
    <Link to="/audit" search={{ account: accountId }}>
      <code>{accountId}</code>
    </Link>
  );
}

export function Audit(): ReactNode {
  const { account, ...filters } = here.useSearch();
  const asked = { ...filters, ...(account !== undefined && { accountId: account }) };
  const query = useAdminList("listChanges", { query: asked });
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <div className="page">
      <header>
        <h1>Audit</h1>
        <p className="quiet">Every change, by whom, and how it was before. Nothing removes one.</p>
      </header>
      <AuditFilters key={JSON.stringify(asked)} />
      <ListTable
        caption="Changes, newest first"
        columns={columns}
        query={query}
        keyOf={({ sequence }) => String(sequence)}
        empty={
          isFiltered ? (
            <p>
              No change is like that. <Link to="/audit">Show all</Link>
            </p>
          ) : (
            <p>Nothing was changed yet.</p>
          )
        }
      />
    </div>
  );
}
