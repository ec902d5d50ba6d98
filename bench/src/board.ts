// `npm run bench`: the short forms of all benchmarks, one after the other, and the page that tells what came of them: RESULTS.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Environment, readEnvironment } from "./board/environment.ts";
import { lossesOf } from "./board/losses.ts";
import { scoreboardPage } from "./board/markdown.ts";
import { PARTS, type Part } from "./board/parts.ts";
import { keepRecord, RESULTS_FOLDER, readRecords } from "./board/record.ts";
import { runPart } from "./board/run-part.ts";
import { scratchFolder } from "./scratch.ts";

const BENCH = fileURLToPath(new URL("../", import.meta.url));

const USAGE = `npm run bench -- [options]
  --only PART   only ${PARTS.map(({ id }) => id).join(", ")}; repeatable
  --rounds N    rounds for each row, where there are rounds (default 3; fewer is a smoke test)
  --to FOLDER   where RESULTS.md and its results go (default: bench)
Each of the parts has more rows, and more flags, by a command of its own: see bench/README.md.`;

await main();

async function main(): Promise<void> {
  const asked = readFlags();
  if (typeof asked === "string") {
    console.error(`${asked}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  const { parts, rounds, home } = asked;
  const pictures = join(home, RESULTS_FOLDER);
  mkdirSync(pictures, { recursive: true });
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());
  const run = { home, scratch: scratchFolder(), signal: stop.signal };
  const environment = readEnvironment();
  for (const [at, part] of parts.entries()) {
    console.error(`\n[${at + 1} of ${parts.length}] ${part.title}: ${timeLeft(parts.slice(at))}`);
    const more = [
      ...(part.draws ? ["--pictures", pictures] : []),
      ...(part.hasRounds && rounds !== undefined ? ["--rounds", rounds] : []),
    ];
    await measurePart(part, more, run, environment);
    if (stop.signal.aborted) break;
  }
  tell(home, stop.signal.aborted);
}

interface Asked {
  readonly parts: readonly Part[];
  readonly rounds: string | undefined;
  readonly home: string;
}

/** What is wrong with the flags, where something is. */
function readFlags(): Asked | string {
  const options = {
    only: { type: "string", multiple: true, default: [] as string[] },
    rounds: { type: "string" },
    to: { type: "string", default: BENCH },
  } as const;
  try {
    const { only, rounds, to } = parseArgs({ options }).values;
    const unknown = only.filter((name) => !PARTS.some(({ id }) => id === name));
    if (unknown.length > 0) return `There is no part ${unknown.join(", ")}`;
    const parts = PARTS.filter(({ id }) => only.length === 0 || only.includes(id));
    return { parts, rounds, home: resolve(to) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function timeLeft(parts: readonly Part[]): string {
  const [{ minutes = 0 } = {}] = parts;
  const all = parts.reduce((sum, part) => sum + part.minutes, 0);
  return `about ${Math.ceil(minutes)} min; ${Math.ceil(all)} min until all is done, on a quiet machine`;
}

/** What was interrupted is not kept: what was known of it before stays. */
async function measurePart(
  part: Part,
  more: readonly string[],
  run: { readonly home: string; readonly scratch: string; readonly signal: AbortSignal },
  environment: Environment,
): Promise<void> {
  const beganMs = performance.now();
  const recorded = await runPart({ part, more, scratch: run.scratch, signal: run.signal });
  if (run.signal.aborted) return;
  const tookMs = Math.round(performance.now() - beganMs);
  const measuredAt = new Date().toISOString();
  keepRecord(run.home, { part: part.id, measuredAt, tookMs, environment, ...recorded });
  writePage(run.home);
}

function writePage(home: string): void {
  writeFileSync(join(home, "RESULTS.md"), scoreboardPage(PARTS, readRecords(home)));
}

/** In the end: how much we lose, and what could not be measured. */
function tell(home: string, isInterrupted: boolean): void {
  const records = readRecords(home);
  const losses = records.flatMap(({ tables }) => tables.flatMap(lossesOf));
  const count = (outcome: string) => losses.filter((loss) => loss.outcome === outcome).length;
  const told = `${join(home, "RESULTS.md")}: ${count("lost")} rows lost, ${count("undecided")} undecided`;
  console.error(`\n${records.length === 0 ? "Nothing has been measured yet." : told}`);
  for (const { part, fault } of records) {
    if (fault !== undefined) console.error(`  ${part} FAILED: ${fault}`);
  }
  if (isInterrupted) {
    console.error("  interrupted: what had been finished is kept");
    process.exitCode = 130;
  }
}
