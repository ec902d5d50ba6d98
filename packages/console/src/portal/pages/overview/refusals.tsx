// The refusals of this month by their codes, each leading to its requests.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked, Empty } from "../../../parts/asked.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { type Output, usePortal } from "../../asking.ts";

type Refusal = Output<"listRefusals">["data"][number];

const columns: readonly Column<Refusal>[] = [
  column("Code", ({ code }) => (
    <Link to="/requests" search={{ code }}>
      <code>{code}</code>
    </Link>
  )),
  column("Refused requests", (refusal) => count(refusal.count), "number"),
];

export function Refusals(): ReactNode {
  const query = usePortal("listRefusals", {});
  return (
    <section className="box" aria-labelledby="refusals">
      <h2 id="refusals">Why requests were refused</h2>
      <Asked query={query}>
        {({ data, hasMore, fromMs }) =>
          data.length === 0 ? (
            <Empty>
              <p>
                Nothing was refused since <Day atMs={fromMs} />.
              </p>
            </Empty>
          ) : (
            <>
              <Table
                caption="Refused requests of this month by code"
                columns={columns}
                rows={data}
                keyOf={({ api, code }) => `${api} ${code}`}
              />
              {hasMore && (
                <p className="quiet">These are the newest 1,000 refusals; there were more.</p>
              )}
            </>
          )
        }
      </Asked>
    </section>
  );
}
