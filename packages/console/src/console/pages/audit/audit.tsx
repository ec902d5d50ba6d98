// What was changed, by whom, and how it was before and after.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { column, ListTable } from "../../../parts/list-table.tsx";
import { useAdminList } from "../../admin.ts";
import { AuditFilters } from "./audit-filters.tsx";
import type { Change } from "./changed.tsx";
import { columns } from "./columns.tsx";

const here = getRouteApi("/inside/audit");

const whose = column<Change>("Whose", ({ accountId }) => <Whose accountId={accountId} />);
const allColumns = [...columns.slice(0, 1), whose, ...columns.slice(1)];

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
        columns={allColumns}
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
