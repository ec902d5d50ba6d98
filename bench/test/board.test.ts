import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const program = fileURLToPath(new URL("../src/board.ts", import.meta.url));

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "sluice-board-"));
});
afterEach(() => rmSync(home, { recursive: true }));

function start(...flags: string[]) {
  const child = spawn(process.execPath, ["--conditions=sluice-source", program, ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close").then(([code]) => code as number);
  return { child, ended, printed: text(child.stdout) };
}

it("measures the part that was asked for, and writes the page of all", async () => {
  const { child, ended, printed } = start("--only", "bundle", "--to", home);
  const progress = text(child.stderr);
  expect(await ended).toBe(0);
  expect(await printed).toContain("What a page ships");
  expect(await progress).toContain("[1 of 1] What a page ships: about 1 min");
  const page = readFileSync(join(home, "RESULTS.md"), "utf8");
  expect(page).toMatch(/\| \*\*sluice, plain calls\*\* \| \d+ \| ≤ 28,500 met \|/);
  expect(page).toMatch(/\| ky \| \d+ .*\*\*lose\*\*: gzip bytes, brotli bytes/);
  expect(page).toContain("Not measured yet: `npm run bench -- --only gateway`");
  expect(page).toMatch(/\| Node \| v\d+/);
  expect(existsSync(join(home, "results/bundle.json"))).toBe(true);
});

it("says what there is where it is asked for what there is not", async () => {
  const { child, ended } = start("--only", "bundel", "--to", home);
  const said = text(child.stderr);
  expect(await ended).toBe(1);
  expect(await said).toContain("There is no part bundel");
  expect(await said).toContain("--only PART   only frameworks, gate,");
});

it("ends when it is interrupted, and keeps nothing of what had not ended", async () => {
  const { child, ended } = start("--only", "hour", "--to", home);
  let said = "";
  let isTold = false;
  for await (const piece of child.stderr) {
    said += String(piece);
    if (isTold || !said.includes("an hour with two outages")) continue;
    isTold = child.kill("SIGINT");
  }
  expect(await ended).toBe(130);
  expect(said).toContain("interrupted: what had been finished is kept");
  expect(existsSync(join(home, "results/hour.json"))).toBe(false);
});
