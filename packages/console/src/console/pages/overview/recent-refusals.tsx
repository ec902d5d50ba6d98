// The newest refusals, each one click from its reason.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked, Empty } from "../../../parts/asked.tsx";
import { column, Table } from "../../../parts/list-table.tsx";
import { Ago } from "../../../parts/time.tsx";
import { type Listed, useAdmin } from "../../admin.ts";
import { RequestsLink } from "../../links.tsx";

type Row = Listed<"listRequests">;

const everyMs = 5_000;
const columns = [
  column<Row>("When", ({ requestId, atMs }) => (
    <Link to="/requests/$requestId" params={{ requestId }}>
      <Ago atMs={atMs} />
    </Link>
  )),
  column<Row>("Code", ({ code }) => <code>{code}</code>),
  column<Row>("Account", ({ accountId, address }) =>
    accountId === null ? (
      <span className="quiet">{address}</span>
    ) : (
      <RequestsLink search={{ account: accountId, ending: "refused" }}>
        <code>{accountId}</code>
      </RequestsLink>
    ),
  ),
  column<Row>("Operation", ({ operation, method, path }) => operation ?? `${method} ${path}`),
];

export function RecentRefusals(): ReactNode {
  const query = useAdmin("listRequests", { query: { ending: "refused", limit: 10 } }, { everyMs });
  return (
    <section className="box" aria-label="Recent refusals">
      <header className="row apart">
        <h2>Recent refusals</h2>
        <RequestsLink search={{ ending: "refused" }}>all</RequestsLink>
      </header>
      <Asked query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>
              <p>Nothing was refused since the log begins.</p>
            </Empty>
          ) : (
            <Table
              caption="Recent refusals, newest first"
              columns={columns}
              rows={data}
              keyOf={({ requestId }) => requestId}
            />
          )
        }
      </Asked>
    </section>
  );
}
