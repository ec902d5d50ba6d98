// 10,000 connections that have had one answer each and wait for their next request: what they take of a proxy's memory.

import { BenchError } from "../machine.ts";
import { counted, shown } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import type { Row, Section } from "../section.ts";
import type { ServerProcess } from "../server-process.ts";
import { startCaller } from "./caller.ts";
import { checkJson } from "./exchanges.ts";
import { lineUp } from "./line-up.ts";
import { BARE, type ReverseProxy, standingOf } from "./proxies.ts";
import { onStage, type Stage, withProxies } from "./stage.ts";

const CONNECTIONS = 10_000;
/** Opened first: what the first requests load for good is not theirs. */
const FIRST_CONNECTIONS = 500;

export const idleSection: Section = {
  id: "idle",
  title: `${CONNECTIONS.toLocaleString("en")} idle connections`,
  columns: [{ heading: "KB/connection", better: "less" }, "RSS MB", `with ${FIRST_CONNECTIONS}`],
  rows: lineUp(BARE, idleRow),
  notes: ["resident memory of all processes; once a proxy, so that a page more or less is chance"],
};

function idleRow(proxy: ReverseProxy): Row {
  return {
    ...standingOf(proxy),
    measure: (run) =>
      onStage(run, proxy, (stage) =>
        withProxies([proxy], stage, checkJson, ([server]) => measure(proxy.name, stage, server)),
      ),
  };
}

async function measure(
  name: string,
  { cores, setup }: Stage,
  server: ServerProcess | undefined,
): Promise<readonly Cell[]> {
  if (server === undefined) throw new Error("a row has a proxy");
  const caller = startCaller("idle.ts", cores.load, server, setup.key);
  try {
    await caller.ask(`open ${FIRST_CONNECTIONS}`);
    const before = server.residentBytes();
    await caller.ask(`open ${CONNECTIONS - FIRST_CONNECTIONS}`);
    const still = await caller.ask<number>("count");
    if (still !== CONNECTIONS) throw new BenchError(`${name}: only ${still} connections stayed`);
    const after = server.residentBytes();
    return [
      counted((after - before) / (CONNECTIONS - FIRST_CONNECTIONS) / 1_000, 1),
      shown((after / 1_000_000).toFixed(0)),
      shown((before / 1_000_000).toFixed(0)),
    ];
  } finally {
    await caller.stop();
  }
}
