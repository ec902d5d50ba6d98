/** Ours on every server algorithm, told in every dialect: what is wasted, and how long it takes over the best that there is. */

import type { Aim, Cell } from "../../results/table.ts";
import type { Peer } from "../peer.ts";
import { patient, sluice, sluiceWithContract } from "../peers/sluice.ts";
import { DIALECTS, type Dialect, silent } from "../rate-headers.ts";
import { bestMs } from "../rate-servers.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import { JOBS, playRateLimit, SERVERS } from "./rate-limits.ts";

const MOST = 1.01;
const NAMES = Object.keys(SERVERS);
/** Of a contract that tells of 60 in any minute, only these keep to it: the others refuse what it allows. */
const KEPT = ["sliding log", "fixed window"];

export const headersOnly: Group = matrix(
  "knows the headers only",
  patient(sluice, 3_600),
  NAMES,
  DIALECTS,
);

export const headersAndContract: Group = matrix(
  "knows the contract, too",
  patient(sluiceWithContract, 3_600),
  KEPT,
  { ...DIALECTS, "Retry-After only": silent },
);

function matrix(
  what: string,
  peer: Peer,
  servers: readonly string[],
  dialects: Readonly<Record<string, Dialect>>,
): Group {
  const rows = Object.entries(dialects).map(([name, dialect]) => ({ name, isOurs: true, dialect }));
  return {
    title: `${JOBS} jobs on every server of 60 a minute in every dialect: ours, which ${what}`,
    columns: servers.map((heading) => ({ heading })),
    optimum: servers.map((name) => (bestOf(name) / 1_000).toFixed(0).concat(" s")),
    notes: ["each cell: 429s, and when the last was done as a multiple of the optimum"],
    scores: (wanted) => scoreEach(rows, wanted, ({ dialect }) => measure(peer, servers, dialect)),
    aims: (scores) => aimsOf(what, servers, scores),
  };
}

async function measure(
  peer: Peer,
  servers: readonly string[],
  dialect: Dialect,
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const name of servers) {
    const server = SERVERS[name]?.();
    if (server === undefined) throw new Error(`there is no server ${name}`);
    const { done, refused, lastMs } = await playRateLimit([peer], { server, dialect });
    const ratio = done === JOBS ? lastMs / bestOf(name) : Number.POSITIVE_INFINITY;
    const text = done === JOBS ? ratio.toFixed(3) : `${done} done`;
    cells.push({ text: `${refused}, ${text}`, value: ratio, price: refused });
  }
  return cells;
}

function bestOf(name: string): number {
  const server = SERVERS[name];
  return server === undefined ? Number.NaN : bestMs(server(), JOBS);
}

function aimsOf(
  what: string,
  servers: readonly string[],
  scores: readonly Score[],
): readonly Aim[] {
  const all = scores.flatMap(({ name, cells }) =>
    cells.map(({ value = Number.NaN, price = Number.NaN }, index) => {
      return { name: `${servers[index]}, ${name}`, ratio: value, wasted: price };
    }),
  );
  const wasted = all.filter((one) => one.wasted !== 0);
  const late = all.filter(({ ratio }) => !(ratio <= MOST)).sort((a, b) => b.ratio - a.ratio);
  const [worst] = late;
  return [
    {
      text: `wasted 429s, every server and dialect, ${what}`,
      wanted: "0",
      figure:
        wasted.length === 0 ? "0" : wasted.map((one) => `${one.wasted}: ${one.name}`).join("; "),
      isMet: wasted.length === 0,
    },
    {
      text: `completion over the optimum, every server and dialect, ${what}`,
      wanted: `≤ ${MOST}`,
      figure: worst
        ? `${late.length} of ${all.length} above, at worst ${worst.ratio.toFixed(3)} (${worst.name})`
        : `all of ${all.length} within`,
      isMet: worst === undefined,
    },
  ];
}
