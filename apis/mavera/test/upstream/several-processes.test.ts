// Processes that start jobs in one file of records, one after the other, each killed in the midst.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { newFile, openUntilDone } from "./records-file.ts";
import { newSession } from "./session.ts";

const program = fileURLToPath(new URL("./job-maker.ts", import.meta.url));

/** Runs the program until it is killed, upon having printed so many lines. */
async function makeJobs(file: string, killAfter: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", program, file], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += String(chunk);
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("close", (_, signal) => resolve(signal));
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === killAfter) child.kill("SIGKILL");
  }
  expect({ complaints, signal: await ended }).toEqual({ complaints: "", signal: "SIGKILL" });
  return lines;
}

test("every job that was acknowledged before a kill comes to its end after it", async () => {
  const file = newFile();
  const lines: string[] = [];
  for (const killAfter of [1, 25, 60, 4]) lines.push(...(await makeJobs(file, killAfter)));
  const told: string[] = [];
  const records = openUntilDone(file);
  const session = newSession({
    records,
    onJobEnd: async ({ requestId }) => void told.push(requestId),
  });
  session.upstream.resume();
  await session.clock.runUntilIdle();
  expect(records.jobs.unheard()).toEqual([]);

  const requestsOf = (kind: string) =>
    lines.filter((line) => line.endsWith(` ${kind}`)).map((line) => line.split(" ")[0] ?? "");
  const begun = requestsOf("begun");
  const heard = [...requestsOf("completed"), ...told];
  expect(begun.length).toBeGreaterThan(20);
  expect(told.length).toBeGreaterThan(0);
  expect(requestsOf("completed").length).toBeGreaterThan(0);
  expect(heard).toEqual(expect.arrayContaining(begun));
  // Twice only what a kill kept from being noted: one end for each of the four.
  expect(heard.length - new Set(heard).size).toBeLessThanOrEqual(4);
  // The second run went on with what the first had left.
  expect(requestsOf("completed")).toContain("request_0_of_1");
}, 60_000);
