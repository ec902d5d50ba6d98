// All that the page tells, as data: its HTML, JSON and feed say the same.

import { MINUTE_MS } from "sluice/base";
import type { Incident } from "sluice/gate";
import { firstDayMs } from "./calendar.ts";
import { type Incidents, type ShownIncident, shownIncidents } from "./incidents.ts";
import type { Known } from "./last-known.ts";
import { type Recent, stateSeenIn } from "./minutes.ts";
import { type ApiHistory, apiHistory, type Numbers, type ShownApi } from "./numbers.ts";
import { joined, type State, stateOf, worst } from "./state.ts";

export interface Report extends Incidents {
  readonly title: string;
  readonly state: State;
  /** The first of the days that it is about. */
  readonly firstDayMs: number;
  readonly madeAtMs: number;
  /** When the older of what it tells was read; undefined where some of it could not be read at all. */
  readonly asOfMs: number | undefined;
  /** Whether something newer could not be had. */
  readonly isStale: boolean;
  /** What was never read is not told: no incident that is known is not no incident. */
  readonly isKnown: { readonly numbers: boolean; readonly incidents: boolean };
  readonly apis: readonly ApiReport[];
}

export interface ApiReport extends ApiHistory {
  readonly title: string;
  readonly state: State;
  /** The last minutes, where too much fails in them. */
  readonly failing: Recent | undefined;
}

export interface Findings {
  readonly numbers: Known<Numbers> | undefined;
  readonly incidents: Known<readonly Incident[]> | undefined;
}

export interface Scope {
  readonly title: string;
  readonly apis: readonly ShownApi[];
  readonly hidden: ReadonlySet<string>;
}

/** What was read longer ago says nothing about now. */
const STATE_KNOWN_MS = 10 * MINUTE_MS;

const nothing: Numbers = { days: [], recent: new Map() };

export function reportOf({ title, apis, hidden }: Scope, found: Findings, nowMs: number): Report {
  const { numbers, incidents } = found;
  const titles = new Set(apis.map((api) => api.title));
  const told = shownIncidents(incidents?.value ?? [], nowMs, {
    hidden,
    isServed: (api) => titles.has(api),
  });
  const isRecent = [numbers, incidents].every(
    (known) => known !== undefined && nowMs - known.atMs <= STATE_KNOWN_MS,
  );
  const reports = apis.map((api) => {
    const recent = (numbers?.value ?? nothing).recent.get(api.title);
    const seen = recent === undefined ? "ok" : stateSeenIn(recent);
    const about = told.open.filter((one) => one.api === undefined || one.api === api.title);
    const state = joined(about.map(stateOf), seen);
    return {
      title: api.title,
      state: state === "ok" && !isRecent ? ("unknown" as const) : state,
      failing: seen === "ok" ? undefined : recent,
      ...apiHistory(numbers?.value ?? nothing, api),
    };
  });
  const read = [numbers?.atMs, incidents?.atMs].filter((atMs) => atMs !== undefined);
  return {
    ...told,
    title,
    state: worst(reports.map(({ state }) => state)),
    firstDayMs: firstDayMs(nowMs),
    madeAtMs: nowMs,
    asOfMs: read.length === 2 ? Math.min(...read) : undefined,
    isStale: [numbers, incidents].some((known) => known === undefined || known.isStale),
    isKnown: { numbers: numbers !== undefined, incidents: incidents !== undefined },
    apis: reports,
  };
}

/** Every incident that is told, newest first. */
export function allIncidents({ planned, open, past }: Incidents): readonly ShownIncident[] {
  return [...planned, ...open, ...past].sort((a, b) => b.startedAtMs - a.startedAtMs);
}
