// kill -9: whatever was answered is in the file after each start, none of it twice, and the books add up.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { seededRandom, systemClock } from "../../../src/base/index.ts";
import type { HoldRecord } from "../../../src/gate/stores.ts";
import { openSqliteStores, type SqliteStores } from "../../../src/store/sqlite/index.ts";
import { gone } from "./child-process.ts";
import { scratchFolder } from "./scratch-files.ts";

const program = fileURLToPath(new URL("./spender.ts", import.meta.url));
const kills = 5;

/** What the process was answered until it was killed: "reserved id", "detached id", "left id" and "settled id charge". */
async function spendUntilKilled(file: string, run: number, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, file, `run ${run}`]);
  let told = "";
  child.stdout.on("data", (chunk) => {
    if (told === "") systemClock.after(afterMs, () => child.kill("SIGKILL"));
    told += String(chunk);
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += String(chunk);
  });
  await gone(child);
  expect(child.signalCode, complaint).toBe("SIGKILL");
  // The last line may have been cut off.
  return told.split("\n").slice(0, -1);
}

async function check(stores: SqliteStores, answered: readonly string[]): Promise<void> {
  const charges = new Map<string, number>();
  // As at any start: calls died with the process, jobs did not.
  await stores.ledger.expire(systemClock.wallMs(), 1_000_000, Number.POSITIVE_INFINITY);
  const jobs = new Map((await stores.ledger.jobs()).map((job) => [job.holdId, job]));
  const holds: (HoldRecord | undefined)[] = [];
  for (let from = 0; from < answered.length; from += 1_000) {
    const ids = answered.slice(from, from + 1_000).map((line) => line.split("\t")[1] ?? "");
    holds.push(...(await Promise.all(ids.map((id) => stores.ledger.hold(id)))));
  }
  for (const [at, line] of answered.entries()) {
    const [what, id = "", charge] = line.split("\t");
    const hold = holds[at];
    expect(hold, line).toBeDefined();
    if (what === "detached") expect(jobs.has(id) || hold?.state === "settled", line).toBe(true);
    if (what === "left") {
      expect(jobs.get(id), line).toMatchObject({ amount: 10, slots: [`slot of ${id}`] });
    }
    if (what !== "settled") continue;
    expect(hold, line).toMatchObject({ state: "settled", charged: Number(charge) });
    charges.set(id, Number(charge));
  }
  const entries = await stores.ledger.entries("acct_1", { limit: 1_000_000 });
  const charged = new Map<string, number>();
  for (const { holdId = "", to, amount } of entries) {
    if (to !== "charged") continue;
    expect(charged.has(holdId), `${holdId} is charged twice`).toBe(false);
    charged.set(holdId, amount);
  }
  for (const [id, charge] of charges) expect(charged.get(id), id).toBe(charge);
}

it(`L4: loses nothing that was answered, over ${kills} kills`, async () => {
  const { folder, remove } = scratchFolder();
  const file = join(folder, "sluice.db");
  const random = seededRandom("kills");
  const answered: string[] = [];
  for (let run = 0; run < kills; run++) {
    const lines = await spendUntilKilled(file, run, random.integer(400));
    expect(lines.length).toBeGreaterThan(0);
    answered.push(...lines);
    const stores = await openSqliteStores({ file });
    expect(await stores.audit()).toEqual([]);
    await check(stores, answered);
    await stores.close();
  }
  expect(answered.filter((line) => line.startsWith("settled")).length).toBeGreaterThan(100);
  expect(answered.filter((line) => line.startsWith("left")).length).toBeGreaterThan(10);
  remove();
}, 60_000);
