// The keys that were refused most in the last minute, each with its refused requests one click away.

import type { LiveSecond } from "@sluice/gateway/admin";
import type { ReactNode } from "react";
import { Empty } from "../../../parts/asked.tsx";
import { column, Table } from "../../../parts/list-table.tsx";
import { count } from "../../../parts/numbers.ts";
import { KeyLink, RequestsLink } from "../../links.tsx";

type Refused = LiveSecond["refusedKeys"][number];

const columns = [
  column<Refused>("Key", ({ keyId }) => <KeyLink id={keyId} />),
  column<Refused>("Refused", ({ count: times }) => count(times), "number"),
  column<Refused>("Requests", ({ keyId }) => (
    <RequestsLink search={{ key: keyId, ending: "refused" }}>its refused requests</RequestsLink>
  )),
];

export function MostRefused({ newest }: { readonly newest: LiveSecond | undefined }): ReactNode {
  const rows = newest?.refusedKeys ?? [];
  return (
    <section className="box" aria-label="Most refused keys, last minute">
      <h2>Most refused keys, last minute</h2>
      {rows.length === 0 ? (
        <Empty>
          <p>No key was refused in the last minute.</p>
        </Empty>
      ) : (
        <Table
          caption="Most refused keys of the last minute"
          columns={columns}
          rows={rows}
          keyOf={({ keyId }) => keyId}
        />
      )}
    </section>
  );
}
