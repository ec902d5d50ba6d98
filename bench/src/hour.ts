// `npm run bench:hour`: what a simulated hour of a thousand callers takes of a processor, and that no law was broken in it.

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { exitOnSignal } from "./exit-on-signal.ts";
import { BenchError } from "./machine.ts";
import { runCommand } from "./options.ts";
import { atMost, counted, shown } from "./results/cell.ts";
import type { Cell } from "./results/table.ts";
import { measureSections, type Section } from "./section.ts";

const PROGRAM = fileURLToPath(new URL("../../packages/sluice/test/sim/hour.ts", import.meta.url));

const hourSection: Section = {
  id: "hour",
  title: "A simulated hour of 1,000 callers on 4 gateways",
  columns: ["processor s", "times as fast as the hour", "laws broken"],
  rows: [{ name: "an hour with two outages", measure: () => simulateHour() }],
  notes: ["`npm run sim:hour`, once; a number to be compared on one machine only"],
};

exitOnSignal();

async function simulateHour(): Promise<readonly Cell[]> {
  const args = ["--conditions=sluice-source", PROGRAM];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill("SIGKILL"));
  const said = await text(child.stdout);
  const [, seconds, broken] = /([\d.]+) s of processor, (\d+) laws broken/.exec(said) ?? [];
  if (seconds === undefined || broken === undefined) {
    throw new BenchError(`the simulated hour ended without its figures: ${said.slice(-500)}`);
  }
  return [
    shown(seconds),
    shown((3_600 / Number(seconds)).toFixed(0)),
    counted(Number(broken), 0, atMost(0, "0")),
  ];
}

await runCommand({ name: "bench:hour", rowsAlways: "there is one", isOnce: true }, (options) =>
  measureSections([hourSection], options),
);
