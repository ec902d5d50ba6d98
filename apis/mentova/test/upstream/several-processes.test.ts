// Processes that write into one file of records: some at the same time, some killed in the midst.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { BrandRecord } from "../../upstream/index.ts";
import { newFile, openUntilDone } from "./records-file.ts";

const program = fileURLToPath(new URL("./brand-maker.ts", import.meta.url));

interface Run {
  readonly ids: readonly string[];
  readonly complaints: string;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the program until it ends, or is killed upon having printed so many ids. */
async function makeBrands(file: string, limit: number, killAfter = Infinity): Promise<Run> {
  const child = spawn(
    process.execPath,
    ["--conditions=sluice-source", program, file, String(limit)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += String(chunk);
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("close", (_, signal) => resolve(signal));
  });
  const ids: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ids.push(line);
    if (ids.length === killAfter) child.kill("SIGKILL");
  }
  return { ids, complaints, signal: await ended };
}

const idsOf = (records: readonly BrandRecord[]) => records.map(({ brand }) => brand.id);

test("every brand that was acknowledged before a kill is there afterwards", async () => {
  const file = newFile();
  const acknowledged: string[] = [];
  for (const killAfter of [1, 20, 55, 3, 140]) {
    const { ids, complaints, signal } = await makeBrands(file, Infinity, killAfter);
    expect({ complaints, signal }).toEqual({ complaints: "", signal: "SIGKILL" });
    acknowledged.push(...ids);
    const records = openUntilDone(file);
    const kept = idsOf(records.brands.ofAccount("acct_1"));
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    // Of each brand all is there, even of one that was cut off before it was acknowledged.
    for (const brand of records.brands.ofAccount("acct_1")) {
      expect(records.opportunities.count(brand)).toBe(3);
    }
    records.close();
  }
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
}, 60_000);

test("processes that share a file admit as many brands together as the plan allows", async () => {
  const file = newFile();
  const limit = 200;
  const runs = await Promise.all([1, 2, 3, 4].map(() => makeBrands(file, limit)));
  expect(runs.map(({ complaints }) => complaints)).toEqual(["", "", "", ""]);
  const ids = runs.flatMap((run) => run.ids);
  expect(ids).toHaveLength(limit);
  const records = openUntilDone(file);
  expect(idsOf(records.brands.ofAccount("acct_1")).toSorted()).toEqual(ids.toSorted());
  // Four runs and this one, each with a number of its own.
  expect(records.opening).toBe(5);
}, 60_000);
