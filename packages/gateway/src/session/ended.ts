// Sessions that are over before their time, since somebody signed out: so many are remembered, which is more than sign out in
// a lifetime of theirs.

import { Recent } from "./recent.ts";

/** By the session's id. */
export type EndedSessions = Recent<true>;

const ENDED_MAX = 10_000;

export function endedSessions(): EndedSessions {
  return new Recent(ENDED_MAX);
}
