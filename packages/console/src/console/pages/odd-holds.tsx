// Holds that somebody should look at: those that ran out uncharged, and those that cost more than was held.

import type { ReactNode } from "react";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { count } from "../../parts/numbers.ts";
import { Time } from "../../parts/time.tsx";
import { type Listed, useAdminList } from "../admin.ts";
import { AccountLink, RequestLink } from "../links.tsx";

type Hold = Listed<"listHolds">;

const columns: readonly Column<Hold>[] = [
  column("Made", ({ madeAtMs }) => <Time atMs={madeAtMs} />),
  column("Why", ({ state, overage }) =>
    state === "expired" ? (
      <Mark tone="warn">ran out, uncharged</Mark>
    ) : (
      <Mark tone="warn">cost {count(overage)} more than was held</Mark>
    ),
  ),
  column("Operation", ({ operation, isJob }) => `${operation}${isJob ? " (job)" : ""}`),
  column("Held", ({ amount }) => count(amount), "number"),
  column("Charged", ({ charged }) => count(charged), "number"),
  column("Request", ({ id }) => <RequestLink id={id} />),
];

const account = column<Hold>("Account", ({ accountId }) => <AccountLink id={accountId} />);

export function OddHolds({ accountId }: { readonly accountId?: string }): ReactNode {
  const query = useAdminList("listHolds", { query: { ...(accountId && { accountId }) } });
  return (
    <section className="stack">
      <h2>Holds to look at</h2>
      <ListTable
        caption="Holds to look at, in credits, newest first"
        columns={accountId === undefined ? [...columns, account] : columns}
        query={query}
        keyOf={({ id }) => id}
        empty={<p>Every hold ended as it should.</p>}
      />
    </section>
  );
}
