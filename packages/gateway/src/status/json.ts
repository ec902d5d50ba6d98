// The page for programs. Its shape is documented (docs/configuration.md) and only ever added to.

import { dateOf } from "./calendar.ts";
import type { Figures } from "./figures.ts";
import type { ShownIncident } from "./incidents.ts";
import type { History } from "./numbers.ts";
import { allIncidents, type Report } from "./report.ts";

export function statusJson(report: Report): string {
  const { title, state, madeAtMs, asOfMs = null, isStale, isKnown, apis } = report;
  const shown = {
    ...{ title, state, madeAtMs, asOfMs, isStale, isKnown },
    apis: apis.map((api) => ({
      ...{ title: api.title, state: api.state, ...historyShown(api) },
      operations: api.operations.map(({ name, method, path, ...history }) => ({
        ...{ name, method, path, ...historyShown(history) },
      })),
    })),
    incidents: allIncidents(report).map(incidentShown),
  };
  return `${JSON.stringify(shown)}\n`;
}

function historyShown({ total, days }: History) {
  return {
    ...figuresShown(total),
    days: days.map(({ dayMs, ...figures }) => ({ date: dateOf(dayMs), ...figuresShown(figures) })),
  };
}

/** JSON has no Infinity: what took longer than the last bound has no bound. */
function figuresShown({ requests, failures, availability, p50MsMax, p95MsMax }: Figures) {
  const bound = (msMax = Infinity) => (msMax === Infinity ? null : msMax);
  return {
    ...{ requests, failures, availability: availability ?? null },
    ...{ p50MsMax: bound(p50MsMax), p95MsMax: bound(p95MsMax) },
  };
}

function incidentShown(incident: ShownIncident) {
  const { id, title, impact, api = null, operations, startedAtMs, endedAtMs = null } = incident;
  const updates = incident.updates.map(({ atMs, text }) => ({ atMs, text }));
  return { id, title, impact, api, operations, startedAtMs, endedAtMs, updates };
}
