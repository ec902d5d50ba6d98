/** A server that fails now and then: how much gets through, and what load it is bought with. */

import { scatter } from "../../pictures.ts";
import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import { hashed, offer } from "../offer.ts";
import type { Peer } from "../peer.ts";
import { sluice } from "../peers/sluice.ts";
import { type Group, scoreEach } from "../score.ts";
import { type Play, virtually } from "../stage.ts";

const SHARES = [0.1, 0.3, 0.6] as const;
const PER_SECOND = 10;
const CALLS = 600;
const LIMIT_MS = 1_200_000;
const ATTEMPTS = 3;

export interface Point {
  readonly goodput: number;
  readonly load: number;
}

export const brownOut: Group = {
  title: `Brown-out: each request fails with the chance p, 503 at once; ${PER_SECOND} calls a second, ${CALLS} in all`,
  columns: SHARES.map((p) => ({ heading: `p = ${p}: goodput at load`, better: "more" })),
  optimum: SHARES.map((p) => {
    const best = attemptsAt(p);
    return `${best.goodput.toFixed(3)} at ${best.load.toFixed(2)}`;
  }),
  notes: [
    "goodput: calls that succeed, by calls; load: requests by calls. Neither ranks alone: a peer wins by more of the",
    "one for no more of the other than ours, where a load below 1, calls turned away, counts as 1",
    `optimum: ${ATTEMPTS} attempts for each call and no bound: 1 − p^${ATTEMPTS} at (1 − p^${ATTEMPTS}) / (1 − p)`,
  ],
  scores: (wanted) => scoreEach([sluice, ...PEERS], wanted, measure),
  pictures: (scores) =>
    Object.fromEntries(
      SHARES.map((p, column) => [
        `goodput-against-load-${p}`,
        scatter(
          {
            title: `Goodput against load while each request fails with p = ${p}`,
            x: "requests a call",
            y: "calls that succeed",
          },
          scores.flatMap(({ name, isOurs, cells }) => {
            const [y = 0, x = 0] = (cells[column]?.text ?? "").split(" at ").map(Number);
            return { name, isOurs, x, y };
          }),
        ),
      ]),
    ),
};

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const p of SHARES) {
    const { goodput, load } = await playBrownOut(peer, p);
    const [value, price] = [goodput.toFixed(3), load.toFixed(2)];
    // Nobody asked for less than one request a call.
    const paid = Math.max(1, Number(price));
    cells.push({ text: `${value} at ${price}`, value: Number(value), price: paid });
  }
  return cells;
}

export async function playBrownOut(
  peer: Peer,
  p: number,
  play: Play = virtually,
  { calls = CALLS, perSecond = PER_SECOND, limitMs = LIMIT_MS } = {},
): Promise<Point> {
  return play(limitMs + 1, async (stage) => {
    const tries = new Map<number, number>();
    const { fetch, arrivals } = stage.serve(({ headers }) => {
      const call = Number(headers.get("x-call"));
      const tried = (tries.get(call) ?? 0) + 1;
      tries.set(call, tried);
      return { status: hashed(call, tried) < p ? 503 : 200 };
    });
    const sender = await peer.open({ fetch });
    const good = await offer(stage, [sender], { calls, perSecond, limitMs });
    return { goodput: good.size / calls, load: arrivals.length / calls };
  });
}

/** Of so many attempts without a budget, each failing by itself. */
function attemptsAt(p: number): Point {
  const goodput = 1 - p ** ATTEMPTS;
  return { goodput, load: goodput / (1 - p) };
}
