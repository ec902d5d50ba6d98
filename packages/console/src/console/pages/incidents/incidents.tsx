// Incidents: what callers are told of, in the operator's words.

import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Empty } from "../../../parts/asked.tsx";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { duration } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import { useAdminList } from "../../admin.ts";
import { useMay } from "../../may.ts";
import { about, ImpactMark, type Incident } from "./impact.tsx";
import { NewIncident } from "./new-incident.tsx";

const here = getRouteApi("/inside/incidents");

const columns: readonly Column<Incident>[] = [
  column("Incident", ({ id, title }) => (
    <Link to="/incidents/$incidentId" params={{ incidentId: id }}>
      {title}
    </Link>
  )),
  column("Impact", ({ impact }) => <ImpactMark impact={impact} />),
  column("About", (incident) => about(incident)),
  column("Began", ({ startedAtMs }) => <Time atMs={startedAtMs} />),
  column("State", ({ startedAtMs, endedAtMs }) =>
    endedAtMs === null ? (
      <Mark tone="warn">open</Mark>
    ) : (
      <>over after {duration(endedAtMs - startedAtMs)}</>
    ),
  ),
  column("Updates", ({ updates }) => updates.length, "number"),
];

export function Incidents(): ReactNode {
  const { open } = here.useSearch();
  const mayWrite = useMay("write");
  const [isNew, setNew] = useState(false);
  const query = useAdminList("listIncidents", { query: { ...(open && { isOpen: true }) } });
  return (
    <div className="page">
      <header>
        <h1>Incidents</h1>
        {mayWrite && (
          <button type="button" className="button main" onClick={() => setNew(true)}>
            Tell of an incident
          </button>
        )}
      </header>
      <nav className="choices" aria-label="Which incidents">
        <Link to="/incidents" search={{}} activeOptions={{ exact: true, includeSearch: true }}>
          All
        </Link>
        <Link to="/incidents" search={{ open: true }} activeOptions={{ includeSearch: true }}>
          Open
        </Link>
      </nav>
      <ListTable
        caption="Incidents, those that began last first"
        columns={columns}
        query={query}
        keyOf={({ id }) => id}
        empty={
          <Empty>
            <p>{open ? "No incident is open." : "Nothing was told of yet."}</p>
          </Empty>
        }
      />
      {isNew && <NewIncident onClose={() => setNew(false)} />}
    </div>
  );
}
