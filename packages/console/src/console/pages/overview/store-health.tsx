// Whether each store answers, and how fast.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { column, Table } from "../../../parts/list-table.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { count, duration } from "../../../parts/numbers.ts";
import { type Output, useAdmin } from "../../admin.ts";

type Store = Output<"getHealth">["stores"][number];

const everyMs = 5_000;
const columns = [
  column<Store>("Store", ({ name }) => name),
  column<Store>("State", ({ status, why }) => (
    <>
      <Mark tone={status === "ok" ? "good" : "bad"}>
        {status === "ok" ? "answers" : "does not answer"}
      </Mark>{" "}
      {why}
    </>
  )),
  column<Store>("Took", ({ tookMs }) => duration(tookMs), "number"),
];

export function StoreHealth(): ReactNode {
  const query = useAdmin("getHealth", {}, { everyMs });
  return (
    <section className="box" aria-label="Stores">
      <h2>Stores</h2>
      <Asked query={query}>
        {({ stores, logRowsDropped }) => (
          <>
            <Table
              caption="Each store, and how fast it answers"
              columns={columns}
              rows={stores}
              keyOf={({ name }) => name}
            />
            <p className="quiet under-table">
              Rows that the log lost since the start: {count(logRowsDropped)}
            </p>
          </>
        )}
      </Asked>
    </section>
  );
}
