/** `Retry-After` in every form that is seen: how long each client really waits. */

import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { patient, sluice } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { virtually } from "../stage.ts";

const LIMIT_MS = 1_200_000;
/** The virtual wall clock begins here. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
/** Dates are in whole seconds: by so much they say less than they mean. */
const ROUNDED_MS = 1_000;

interface Form {
  readonly heading: string;
  readonly text: (atMs: number) => string;
  /** What it says to wait at least; 0 where it says nothing. */
  readonly waitMs: number;
}

const dateIn = (ms: number) => (atMs: number) => new Date(EPOCH_MS + atMs + ms).toUTCString();

const FORMS: readonly Form[] = [
  { heading: "0", text: () => "0", waitMs: 0 },
  { heading: "1", text: () => "1", waitMs: 1_000 },
  { heading: "61", text: () => "61", waitMs: 61_000 },
  { heading: "600", text: () => "600", waitMs: 600_000 },
  { heading: "date in 20 s", text: dateIn(20_000), waitMs: 20_000 - ROUNDED_MS },
  { heading: "date gone by", text: dateIn(-60_000), waitMs: 0 },
  { heading: "garbage", text: () => "soon", waitMs: 0 },
];

export const retryAfterForms: Group = {
  title: "A 429 with Retry-After in every form: seconds until the second request",
  columns: [
    ...FORMS.map(({ heading }) => ({ heading })),
    { heading: "too early", better: "less", isSafety: true },
  ],
  optimum: ["", "1.0", "61.0", "600.0 or –", "20.0", "", "", "0"],
  notes: ["– no second request came; ! it came before the server allowed it"],
  scores: (wanted) => scoreEach([sluice, patient(sluice), ...PEERS], wanted, measure),
  aims: (scores) => [
    zeroAim(`early retries, ${FORMS.length} forms of Retry-After`, scores, FORMS.length),
  ],
};

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  let early = 0;
  for (const { text, waitMs } of FORMS) {
    const waitedMs = await secondRequestMs(peer, text);
    // From one arrival to the next there are a way back and a way there.
    const isEarly = waitedMs !== undefined && waitedMs < waitMs;
    if (isEarly) early++;
    const shown = waitedMs === undefined ? "–" : (waitedMs / 1_000).toFixed(1);
    cells.push({ text: isEarly ? `${shown} !` : shown });
  }
  return [...cells, { text: `${early}`, value: early }];
}

function secondRequestMs(peer: Peer, text: Form["text"]): Promise<number | undefined> {
  return virtually(LIMIT_MS + 1, async ({ clock, serve }) => {
    const { fetch, arrivals } = serve(({ atMs }, number) =>
      number === 1 ? { status: 429, headers: { "retry-after": text(atMs) } } : { status: 200 },
    );
    const sender = await peer.open({ fetch });
    const sent = sender.send({ method: "GET", headers: {} }).catch(() => "as it may");
    await Promise.race([sent, clock.sleep(LIMIT_MS)]);
    sender.close?.();
    const [first, second] = arrivals;
    return first && second && second.atMs - first.atMs;
  });
}
