// In one word: how it is. What the operator says counts, and what is seen of the last minutes, whichever is worse.

import type { Incident } from "sluice/gate";

export type State = "ok" | "maintenance" | "degraded" | "outage" | "unknown";

/** The worst last. */
const RANKS: readonly State[] = ["ok", "unknown", "maintenance", "degraded", "outage"];

export function worst(states: readonly State[]): State {
  return states.reduce((a, b) => (RANKS.indexOf(b) > RANKS.indexOf(a) ? b : a), "ok");
}

/** An incident without impact is only told. */
export function stateOf({ impact }: Pick<Incident, "impact">): State {
  return impact === "none" ? "ok" : impact;
}

/** What fails under maintenance was announced: it is no outage. */
export function joined(announced: readonly State[], seen: State): State {
  const told = worst(announced);
  return told === "maintenance" ? told : worst([told, seen]);
}
