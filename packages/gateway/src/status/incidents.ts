// The operator's incidents as the page tells them: those about what it shows, newest first, with their newest words.

import { createHash } from "node:crypto";
import type { Incident, Notices } from "sluice/gate";
import { firstDayMs } from "./calendar.ts";

/** More are in nobody's way: they are told by the admin API. */
const OPEN_MAX = 20;
const SHOWN_MAX = 50;
const UPDATES_MAX = 30;

export interface ShownIncident extends Incident {
  /** Newest first, unlike the store's. */
  readonly updates: Incident["updates"];
  /** How many older ones are left out. */
  readonly updatesLeftOut: number;
  /** The same for ever, and nobody else's: a UUID of its id (RFC 9562 §5.8). */
  readonly uuid: string;
}

export interface Incidents {
  readonly planned: readonly ShownIncident[];
  readonly open: readonly ShownIncident[];
  readonly past: readonly ShownIncident[];
}

export async function readIncidents(
  notices: Pick<Notices, "incidents">,
  nowMs: number,
): Promise<readonly Incident[]> {
  const all = await Promise.all([
    notices.incidents({ limit: OPEN_MAX, openAtMs: nowMs }),
    notices.incidents({ limit: SHOWN_MAX, openAtMs: firstDayMs(nowMs) }),
  ]);
  const byId = new Map(all.flat().map((incident) => [incident.id, incident]));
  return [...byId.values()].sort(
    (a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}

/** @param isServed whether there is an API of this title. */
export function shownIncidents(
  all: readonly Incident[],
  nowMs: number,
  { isServed, hidden }: { isServed: (api: string) => boolean; hidden: ReadonlySet<string> },
): Incidents {
  const shown = all.flatMap((incident) => {
    const { api, operations } = incident;
    if (api !== undefined && !isServed(api)) return [];
    const named = operations.filter((name) => !hidden.has(name));
    if (operations.length > 0 && named.length === 0) return [];
    return [shownIncident({ ...incident, operations: named })];
  });
  const over = (one: ShownIncident) => one.endedAtMs !== undefined;
  const planned = (one: ShownIncident) => !over(one) && one.startedAtMs > nowMs;
  return {
    planned: shown.filter(planned),
    open: shown.filter((one) => !over(one) && !planned(one)),
    past: shown.filter(over),
  };
}

function shownIncident(incident: Incident): ShownIncident {
  const newestFirst = incident.updates.toReversed();
  return {
    ...incident,
    updates: newestFirst.slice(0, UPDATES_MAX),
    updatesLeftOut: Math.max(0, newestFirst.length - UPDATES_MAX),
    uuid: uuidOf(`incident ${incident.id}`),
  };
}

/** Named by what is told, so that every gateway over the same stores names it alike. */
export function uuidOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [0, 8, 12, 16, 20].map((from, i) => hex.slice(from, [8, 12, 16, 20, 32][i])).join("-");
}
