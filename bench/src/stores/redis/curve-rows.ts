// How decisions a second depend on how many keys there are, how many windows a key has and how many go in one batch: each
// point a short run of its own, the points of a curve in turn, drawn as a picture.

import type { Redis } from "ioredis";
import { systemClock } from "sluice/base";
import { createRedisLimits } from "sluice/store/redis";
import { BenchError } from "../../machine.ts";
import { lines } from "../../pictures.ts";
import { grouped, median, shown } from "../../results/cell.ts";
import { type Row, type Run, rowFolder, type Section } from "../../section.ts";
import { startBenchRedis } from "./server.ts";

interface Point {
  readonly keys: number;
  readonly windows: number;
  /** Callers that ask at once, in one turn of the event loop: so many are in one batch. */
  readonly batch: number;
}

const USUAL: Point = { keys: 10_000, windows: 1, batch: 128 };
const TURN_MS = 250;
/** Never reached in a minute. */
const RATE = { limit: 100_000, windowMs: 60_000 };

export const curveSection: Section = {
  id: "curves",
  title: "Redis: curves of decisions a second",
  columns: ["decisions/s, median of the rounds, from left to right"],
  rows: [
    curve("keys", "keys in turn", [100, 1_000, 10_000, 100_000, 1_000_000], (keys) => ({ keys })),
    curve("windows", "windows a key", [1, 2, 3, 4, 6, 8], (windows) => ({ windows })),
    curve("batch", "decisions in a batch", [1, 4, 16, 64, 128], (batch) => ({ batch })),
  ],
  notes: [
    `otherwise ${USUAL.keys.toLocaleString("en")} keys with a window, ${USUAL.batch} decisions at once, no window full`,
    "one batch on its way at a time: what is compared is batches, not how they overlap",
    "a key that is new costs more than one that is known: of 1,000,000 keys most are new in so short a run",
  ],
};

function curve(
  name: string,
  axis: string,
  steps: readonly number[],
  pointAt: (step: number) => Partial<Point>,
): Row {
  return {
    name: `by ${axis}`,
    isLong: true,
    async measure(run) {
      const points = steps.map((step) => ({ ...USUAL, ...pointAt(step) }));
      const rates = await withRedis(run, (client) => measurePoints(points, client, run));
      const names = steps.map((step) => step.toLocaleString("en"));
      const labels = { title: `Limits in Redis by ${axis}`, x: axis, y: "decisions a second" };
      const line = { name: "sluice", isOurs: true, values: rates };
      run.draw(`redis-${name}`, lines(labels, [line], names));
      const cells = rates.map((rate, at) => `${names[at]}: ${grouped(rate)}`);
      return [shown(cells.join("; "))];
    },
  };
}

/** In turn, so that what slows the machine for a while slows them alike. */
async function measurePoints(
  points: readonly Point[],
  client: Redis,
  run: Run,
): Promise<readonly number[]> {
  const limits = createRedisLimits({ client, deadlineMs: 5_000 });
  const asking = points.map((point, at) => asker(limits, point, `curve${at}`));
  const rates: number[][] = points.map(() => []);
  const turns = Math.max(1, Math.round((run.seconds * 1_000) / TURN_MS / points.length));
  for (const ask of asking) await ask(TURN_MS);
  for (let round = 0; round < run.rounds; round++) {
    const sums = points.map(() => 0);
    for (let turn = 0; turn < turns; turn++) {
      for (const [at, ask] of asking.entries()) sums[at] = (sums[at] ?? 0) + (await ask(TURN_MS));
    }
    for (const [at, sum] of sums.entries()) rates[at]?.push(sum / turns);
  }
  limits.close();
  return rates.map(median);
}

/** Decisions a second over so long. */
function asker(
  limits: ReturnType<typeof createRedisLimits>,
  { keys, windows, batch }: Point,
  prefix: string,
): (forMs: number) => Promise<number> {
  let at = 0;
  const decide = async () => {
    const owner = `${prefix}_${at++ % keys}`;
    const claims = Array.from({ length: windows }, (_, window) => ({
      id: `${owner}_${window}`,
      ...RATE,
      cost: 1,
    }));
    const admission = { windows: claims, slots: [], owner };
    const { admitted } = await limits.admit(admission, systemClock.monotonicMs());
    if (!admitted) throw new BenchError("A request was refused");
  };
  return async (forMs) => {
    const startedMs = performance.now();
    let done = 0;
    while (performance.now() - startedMs < forMs) {
      await Promise.all(Array.from({ length: batch }, decide));
      done += batch;
    }
    return (done * 1_000) / (performance.now() - startedMs);
  };
}

async function withRedis<T>(run: Run, use: (client: Redis) => Promise<T>): Promise<T> {
  const server = await startBenchRedis(rowFolder(run));
  try {
    return await use(await server.connect());
  } finally {
    await server.stop();
  }
}
