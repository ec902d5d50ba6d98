// 10 MB down and 10 MB up through each proxy, beside our open path in the same seconds.

import { itemsExchange } from "../exchange.ts";
import { BenchError } from "../machine.ts";
import { figure, middle, shown } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import type { Row, Run, Section } from "../section.ts";
import type { ServerProcess } from "../server-process.ts";
import type { Load } from "../wrk.ts";
import { BODY_BYTES, PATHS } from "./answers.ts";
import { checkBodies } from "./exchanges.ts";
import { CONTROL, lineUp } from "./line-up.ts";
import { BARE, type ReverseProxy, standingOf } from "./proxies.ts";
import { type LoadedSlice, loadFor } from "./slices.ts";
import { onStage, type Stage, withProxies } from "./stage.ts";

const CONNECTIONS = 4;
const WARM_UP_SECONDS = 1;
const DIRECTIONS = ["down", "up"] as const;

export const bodySection: Section = {
  id: "bodies",
  title: `Bodies of ${BODY_BYTES / 1_000_000} MB, ${CONNECTIONS} connections kept`,
  columns: [
    { heading: "down × open path", better: "more" },
    "MB/CPU-s down",
    "p50 ms",
    { heading: "up × open path", better: "more" },
    "MB/CPU-s up",
    "p50 ms",
    "RSS MB",
  ],
  rows: lineUp(CONTROL, bodyRow),
  control: CONTROL.name,
  notes: [
    "×: megabytes per CPU-second, as a multiple of our open path's in the same seconds",
    "RSS: at the end of all of it",
  ],
};

function bodyRow(proxy: ReverseProxy): Row {
  return {
    ...standingOf(proxy),
    measure: (run) =>
      onStage(run, proxy, (stage) =>
        withProxies([BARE, proxy], stage, checkBodies, (servers) =>
          measure(proxy.name, run, stage, servers),
        ),
      ),
  };
}

async function measure(
  name: string,
  run: Run,
  { cores, setup }: Stage,
  servers: readonly ServerProcess[],
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const direction of DIRECTIONS) {
    const load = loadOf(direction, setup.key);
    const both = (seconds: number) =>
      Promise.all(servers.map((server) => loadFor(name, server, load, seconds, cores.load)));
    await both(WARM_UP_SECONDS);
    const slices: (readonly LoadedSlice[])[] = [];
    while (slices.length < run.rounds) {
      const slice = await both(run.seconds);
      if (slice.some(({ report }) => report.requests === 0)) {
        throw new BenchError(`${name}: no body ${direction} in ${run.seconds} s; give it longer`);
      }
      slices.push(slice);
      const ratio = ratioOf(slice);
      run.progress(`  ${direction}, round ${slices.length}: ${ratio.toFixed(3)}`);
    }
    const own = slices.flatMap(([, slice]) => slice ?? []);
    cells.push(
      figure(slices.map(ratioOf), 2),
      middle(own.map(megabytesOf), 0),
      middle(
        own.map(({ report }) => report.p50Milliseconds),
        0,
      ),
    );
  }
  const resident = servers[1]?.residentBytes() ?? Number.NaN;
  return [...cells, shown((resident / 1_000_000).toFixed(0))];
}

function loadOf(direction: (typeof DIRECTIONS)[number], key: string): Load {
  const common = { headers: itemsExchange.keyHeader(key), connections: CONNECTIONS };
  return direction === "down"
    ? { ...common, path: PATHS.download }
    : { ...common, path: PATHS.upload, bodyBytes: BODY_BYTES };
}

function ratioOf([bare, own]: readonly LoadedSlice[]): number {
  if (bare === undefined || own === undefined) throw new Error("a slice has two sides");
  return megabytesOf(own) / megabytesOf(bare);
}

/** In each second of CPU time. */
function megabytesOf({ report, cpuSeconds }: LoadedSlice): number {
  return (report.requests * BODY_BYTES) / 1_000_000 / cpuSeconds;
}
