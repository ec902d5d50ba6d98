// 500 event streams through each proxy, ten events a second each: what relaying an event costs, how long it takes, and what
// an open stream takes of memory. Beside each proxy our open path has as many in the same seconds.

import { figure, middle, percentile, shown } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import type { Row, Run, Section } from "../section.ts";
import type { ServerProcess } from "../server-process.ts";
import { EVENTS_PER_SECOND } from "./answers.ts";
import { type Caller, startCaller } from "./caller.ts";
import { checkJson } from "./exchanges.ts";
import { CONTROL, lineUp } from "./line-up.ts";
import { BARE, type ReverseProxy, standingOf } from "./proxies.ts";
import { onStage, type Stage, withProxies } from "./stage.ts";

const STREAMS = 500;
/** Opened first, and left open: what the first streams load for good is not theirs. */
const FIRST_STREAMS = 20;
const SETTLE_MS = 500;

export const streamSection: Section = {
  id: "streams",
  title: `${STREAMS} event streams, ${EVENTS_PER_SECOND} events a second each`,
  columns: [
    { heading: "× open path", better: "more" },
    "µs/event",
    "events/s",
    "event p50 ms",
    "event p99 ms",
    "first p50 ms",
    "first p99 ms",
    "open path first p50",
    "KB/stream",
    "RSS MB",
  ],
  rows: lineUp(CONTROL, streamRow),
  control: CONTROL.name,
  notes: [
    "×: events per CPU-second, as a multiple of our open path's with as many streams in the same seconds",
    "event: from the upstream's socket to the caller's; first: from the request to the first event, streams opened one by one",
    "KB/stream: resident memory of all processes, before and after; a collector gives back late what it does not need",
  ],
};

interface Slice {
  readonly events: number;
  readonly cpuSeconds: number;
  readonly delays: readonly number[];
}

function streamRow(proxy: ReverseProxy): Row {
  return {
    ...standingOf(proxy),
    measure: (run) =>
      onStage(run, proxy, (stage) =>
        withProxies([BARE, proxy], stage, checkJson, (servers) => measure(run, stage, servers)),
      ),
  };
}

async function measure(
  run: Run,
  { cores, setup }: Stage,
  servers: readonly ServerProcess[],
): Promise<readonly Cell[]> {
  const callers = servers.map((server) => startCaller("streams.ts", cores.load, server, setup.key));
  const all = <T>(act: (caller: Caller, server: ServerProcess) => Promise<T>) =>
    Promise.all(servers.map((server, index) => act(callers[index] as Caller, server)));
  try {
    await all((caller) => caller.ask(`open ${FIRST_STREAMS}`));
    const before = servers.map((server) => server.residentBytes());
    const firsts = await all((caller) => caller.ask<number[]>(`open ${STREAMS}`));
    await all((caller) => caller.ask(`listen ${SETTLE_MS}`));
    const slices: (readonly Slice[])[] = [];
    while (slices.length < run.rounds) {
      slices.push(await all((caller, server) => listen(caller, server, run.seconds)));
      run.progress(`  round ${slices.length}: ${ratioOf(slices.at(-1) ?? []).toFixed(3)}`);
    }
    return cellsOf(slices, firsts, before, servers, run);
  } finally {
    await Promise.all(callers.map((caller) => caller.stop()));
  }
}

async function listen(caller: Caller, server: ServerProcess, seconds: number): Promise<Slice> {
  const cpuBefore = server.cpuSeconds();
  const delays = await caller.ask<number[]>(`listen ${seconds * 1_000}`);
  return { events: delays.length, cpuSeconds: server.cpuSeconds() - cpuBefore, delays };
}

function cellsOf(
  slices: readonly (readonly Slice[])[],
  [bareFirsts = [], firsts = []]: readonly (readonly number[])[],
  [, before = Number.NaN]: readonly number[],
  [, server]: readonly ServerProcess[],
  { seconds }: Run,
): readonly Cell[] {
  const own = slices.flatMap(([, slice]) => slice ?? []);
  const delays = own.flatMap((slice) => slice.delays);
  const resident = server?.residentBytes() ?? Number.NaN;
  return [
    figure(slices.map(ratioOf), 2),
    middle(own.map(microsOf), 1),
    middle(
      own.map(({ events }) => events / seconds),
      0,
    ),
    at(delays, 0.5),
    at(delays, 0.99),
    at(firsts, 0.5),
    at(firsts, 0.99),
    at(bareFirsts, 0.5),
    shown(((resident - before) / (STREAMS - FIRST_STREAMS) / 1_000).toFixed(1)),
    shown((resident / 1_000_000).toFixed(0)),
  ];
}

function ratioOf([bare, own]: readonly Slice[]): number {
  if (bare === undefined || own === undefined) throw new Error("a slice has two sides");
  return microsOf(bare) / microsOf(own);
}

function microsOf({ cpuSeconds, events }: Slice): number {
  return (cpuSeconds * 1_000_000) / events;
}

function at(values: readonly number[], share: number): Cell {
  const sorted = values.toSorted((a, b) => a - b);
  return shown(percentile(sorted, share).toFixed(2));
}
