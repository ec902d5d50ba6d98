/** Calls that cannot succeed: how many requests each makes before it gives up, also with one layer of retries on another. */

import { counted } from "../../results/cell.ts";
import type { Aim, Cell } from "../../results/table.ts";
import { DEFAULTS, PEERS } from "../line-up.ts";
import type { AnyFetch, Needs, Peer } from "../peer.ts";
import { bareFetch } from "../peers/bare-fetch.ts";
import { openai } from "../peers/openai.ts";
import { pRetryInQueue } from "../peers/p-retry.ts";
import { clientOf, sluice } from "../peers/sluice.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import { type Answer, connectionFailure } from "../scripted-fetch.ts";
import { virtually } from "../stage.ts";

/** Some never end; by then they are counted. */
const LIMIT_MS = 620_000;

/** As OpenAI says that the money is gone, with the status that elsewhere says to come back. */
export const BILLING: Answer = {
  status: 429,
  body: JSON.stringify({
    error: {
      message: "You exceeded your current quota, please check your plan and billing details.",
      type: "insufficient_quota",
      param: null,
      code: "insufficient_quota",
    },
  }),
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  "503 for ever": { status: 503 },
  "a billing 429": BILLING,
  "Retry-After: 600": { status: 429, headers: { "retry-after": "600" } },
  "nobody there": { status: 0, throws: connectionFailure("ECONNREFUSED") },
  "a plain 400": { status: 400 },
};

/** The SDK on a `fetch` that has policies of its own. */
const layered: readonly Peer[] = [
  {
    ...openai,
    name: "openai SDK over sluice.fetch",
    isOurs: true,
    open: (needs) => {
      const { fetch } = clientOf(needs);
      return openai.open({ ...needs, fetch: fetch as AnyFetch });
    },
  },
  {
    ...pRetryInQueue,
    name: "p-retry around openai SDK",
    async open(needs: Needs) {
      const { default: pRetry } = await import("p-retry");
      const own = await openai.open(needs);
      return { send: (call) => pRetry(() => own.send(call)) };
    },
  },
];

export const hopeless: Group = {
  title: "Calls that cannot succeed: requests that one GET makes",
  columns: Object.keys(ANSWERS).map((heading) => ({ heading, better: "less" })),
  optimum: ["", "1", "1", "", "1"],
  notes: [
    "one request is the least; who never retries has it everywhere, and is compared nowhere",
    "the last rows are two layers: what each of them does by itself multiplies, unless one knows of the other",
  ],
  scores: (wanted) =>
    scoreEach([sluice, ...layered.slice(0, 1), ...PEERS, ...layered.slice(1)], wanted, measure),
  aims,
};

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const answer of Object.values(ANSWERS)) {
    const requests = await virtually(LIMIT_MS + 1, async ({ clock, serve }) => {
      const { fetch, arrivals } = serve(() => answer);
      const sender = await peer.open({ fetch });
      const sent = sender.send({ method: "GET", headers: {} }).catch(() => "as it must");
      await Promise.race([sent, clock.sleep(LIMIT_MS)]);
      sender.close?.();
      return arrivals.length;
    });
    const { text, value } = counted(requests);
    cells.push(NEVER_RETRY.has(peer.name) || value === undefined ? { text } : { text, value });
  }
  return cells;
}

const NEVER_RETRY = new Set(
  DEFAULTS.flatMap(({ name }) => (name === bareFetch.name || name === "bottleneck" ? [name] : [])),
);

function aims(scores: readonly Score[]): readonly Aim[] {
  const of = (name: string, column: number) =>
    scores.find((score) => score.name === name)?.cells[column]?.value ?? Number.NaN;
  const [alone, under] = [of(sluice.name, 0), of(layered[0]?.name ?? "", 0)];
  const billing = of(sluice.name, 1);
  return [
    {
      text: "requests for a billing 429",
      wanted: "1",
      figure: `${billing}`,
      isMet: billing === 1,
    },
    {
      text: "requests under an SDK that retries, against 503",
      wanted: `as many as alone, ${alone}`,
      figure: `${under}`,
      isMet: under === alone,
    },
  ];
}
