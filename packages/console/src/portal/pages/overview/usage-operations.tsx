// What the requests of this month were for: each operation's share of them, drawn and in numbers.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked, Empty } from "../../../parts/asked.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count } from "../../../parts/numbers.ts";
import { Share } from "../../../parts/share.tsx";
import { Day, Time } from "../../../parts/time.tsx";
import { type Output, usePortal } from "../../asking.ts";

type Told = Output<"listUsageOperations">;
type Used = Told["data"][number];

export function UsageOperations(): ReactNode {
  const query = usePortal("listUsageOperations", {});
  return (
    <section className="box" aria-labelledby="operations">
      <h2 id="operations">Usage by operation</h2>
      <Asked query={query}>
        {(told) =>
          told.data.length === 0 ? (
            <Empty>
              <p>
                No request came since <Day atMs={told.fromMs} />.
              </p>
            </Empty>
          ) : (
            <Operations told={told} />
          )
        }
      </Asked>
    </section>
  );
}

function Operations({ told }: { readonly told: Told }): ReactNode {
  const total = told.data.reduce((sum, { requests }) => sum + requests, 0);
  return (
    <>
      <Table
        caption="Usage of this month by operation, the most frequent first"
        columns={columnsFor(total)}
        rows={told.data}
        keyOf={({ api, operation }) => `${api} ${operation}`}
      />
      {told.hasMore && (
        <p className="quiet">
          There were more: these are the newest {count(total)} requests, since{" "}
          <Time atMs={told.countedFromMs} />.
        </p>
      )}
    </>
  );
}

function columnsFor(total: number): readonly Column<Used>[] {
  return [
    column("Operation", ({ operation }) =>
      operation === null ? (
        <span className="quiet">no operation</span>
      ) : (
        <Link to="/requests" search={{ operation }}>
          <code>{operation}</code>
        </Link>
      ),
    ),
    column("Share", ({ operation, requests }) => (
      <Share part={requests} of={total} label={operation ?? "no operation"} />
    )),
    column("Requests", ({ requests }) => count(requests), "number"),
    column("Refused", ({ refusals }) => count(refusals), "number"),
    column("Failed", ({ faults }) => count(faults), "number"),
    column("Credits", ({ credits }) => count(credits), "number"),
  ];
}
