// One incident: what was said of it, what callers see, and what an operator does next.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { Id } from "../../../parts/id.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { duration } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import { useAdmin } from "../../admin.ts";
import { useMay } from "../../may.ts";
import { about, ImpactMark, type Incident } from "./impact.tsx";
import { ChangeIncident, EndIncident, SayMore } from "./incident-forms.tsx";

const here = getRouteApi("/inside/incidents/$incidentId");

export function OneIncident(): ReactNode {
  const { incidentId } = here.useParams();
  const query = useAdmin("getIncident", { params: { incidentId } });
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/incidents">Incidents</Link>
      </nav>
      <Asked query={query}>{(incident) => <Shown incident={incident} />}</Asked>
    </div>
  );
}

function Shown({ incident }: { readonly incident: Incident }): ReactNode {
  const mayWrite = useMay("write");
  const { id, title, startedAtMs, endedAtMs } = incident;
  const isOver = endedAtMs !== null;
  return (
    <>
      <header>
        <h1>{title}</h1>
        <Link to="/audit" search={{ kind: "incident", id }}>
          Its changes
        </Link>
      </header>
      <Facts
        facts={{
          State: <OpenMark isOver={isOver} />,
          Impact: <ImpactMark impact={incident.impact} />,
          About: about(incident),
          Began: <Time atMs={startedAtMs} />,
          Ended: isOver && <Time atMs={endedAtMs} />,
          Took: isOver && duration(endedAtMs - startedAtMs),
          Id: <Id id={id} />,
        }}
      />
      <PublicView incident={incident} />
      {mayWrite && !isOver && (
        <div className="grid">
          <SayMore incident={incident} />
          <EndIncident incident={incident} />
          <ChangeIncident key={id} incident={incident} />
        </div>
      )}
      {isOver && <p className="quiet">It is over, so nothing is added to it.</p>}
    </>
  );
}

function OpenMark({ isOver }: { readonly isOver: boolean }): ReactNode {
  return isOver ? <Mark>over</Mark> : <Mark tone="warn">open</Mark>;
}

/** The newest word first, as people look for it. */
function PublicView({ incident }: { readonly incident: Incident }): ReactNode {
  const { title, updates, endedAtMs } = incident;
  return (
    <section className="box stack" aria-label="What callers see">
      <h2>What callers see on the status page</h2>
      <p>
        <strong>{title}</strong> <ImpactMark impact={incident.impact} /> {about(incident)}
        {endedAtMs !== null && " (over)"}
      </p>
      {updates.length === 0 ? (
        <p className="quiet">Nothing was said of it yet.</p>
      ) : (
        <ol className="updates">
          {updates.toReversed().map(({ atMs, text }) => (
            <li key={`${atMs} ${text}`}>
              <span className="quiet">
                <Time atMs={atMs} />
              </span>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
