// Whether rate windows let more pass than they may: their limit, and what a kill made them forget, which is what
// the log had not written.

import { uuidTimeMs } from "sluice/base";
import type { Attempt } from "./attempts.ts";
import type { Payer } from "./home.ts";

const windowMs = 60_000;
/** Places are put back as taken when the request came, which is a little before it was let in. */
const slackMs = 250;

export interface Fullest {
  readonly payer: Payer;
  /** Requests within one window that were let in, and how many of them the log forgot. */
  readonly admitted: number;
  readonly forgotten: number;
}

/** The window of each payer that went furthest beyond its limit, or came nearest to it. */
export function fullestWindows(
  payers: readonly Payer[],
  attempts: readonly Attempt[],
  lost: ReadonlySet<string>,
): readonly Fullest[] {
  return payers.map((payer) => {
    const admitted = attempts
      .filter((one) => one.payer === payer && one.heard !== undefined && one.heard.status !== 429)
      .map(({ heard }) => heard?.requestId ?? "")
      .sort();
    return fullestOf(payer, admitted, lost);
  });
}

/** Ids begin with their time, so they are in its order. */
function fullestOf(payer: Payer, ids: readonly string[], lost: ReadonlySet<string>): Fullest {
  // What was forgotten counts a little, so that of windows that are as full the longest story is told.
  const fullness = ({ admitted, forgotten }: Fullest) => admitted - forgotten * 0.999;
  let fullest: Fullest = { payer, admitted: 0, forgotten: 0 };
  let [from, forgotten] = [0, 0];
  ids.forEach((id, to) => {
    if (lost.has(id)) forgotten++;
    while (timeOf(ids[from]) <= timeOf(id) - windowMs + slackMs) {
      if (lost.has(ids[from] ?? "")) forgotten--;
      from++;
    }
    const here: Fullest = { payer, admitted: to - from + 1, forgotten };
    if (fullness(here) > fullness(fullest)) fullest = here;
  });
  return fullest;
}

function timeOf(id = ""): number {
  return uuidTimeMs(id) ?? Number.NaN;
}

export function judgeWindows(windows: readonly Fullest[]): readonly string[] {
  return windows
    .filter(({ payer, admitted, forgotten }) => admitted - forgotten > payer.limit)
    .map(
      ({ payer, admitted, forgotten }) =>
        `${payer.account.id} was let in ${admitted} times in a minute, ${payer.limit} are its ` +
        `limit and ${forgotten} were forgotten`,
    );
}
