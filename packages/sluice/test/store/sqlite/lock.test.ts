// One serving process a folder, known by the operating system, so that no death leaves it locked.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { acquireLock, LockedError } from "../../../src/store/sqlite/index.ts";
import { firstLine, gone } from "./child-process.ts";
import { scratchFolder } from "./scratch-files.ts";

const program = fileURLToPath(new URL("./lock-holder.ts", import.meta.url));

let scratch: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** What a second process hears. */
function refusal(): LockedError {
  try {
    acquireLock(scratch.folder).release();
  } catch (error) {
    if (error instanceof LockedError) return error;
    throw error;
  }
  throw new Error("the lock was free");
}

async function startHolder(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, scratch.folder]);
  expect(await firstLine(child)).toBe("locked");
  return child;
}

describe("acquireLock", () => {
  it("is had by one, who is named to the next, until it is released", () => {
    const clock = new VirtualClock(Date.UTC(2026, 4, 6));
    const lock = acquireLock(scratch.folder, { clock });
    expect(refusal().message).toContain(`pid ${process.pid}, since 2026-05-06T00:00:00.000Z.`);
    lock.tell("http://localhost:3000");
    expect(refusal().message).toContain(", at http://localhost:3000.");
    expect(refusal().holder).toEqual({
      pid: process.pid,
      startedAtMs: Date.UTC(2026, 4, 6),
      address: "http://localhost:3000",
    });
    lock.release();
    lock.release();
    expect(existsSync(join(scratch.folder, "serving.json"))).toBe(false);
    acquireLock(scratch.folder, { address: "here" }).release();
  });

  it("makes the folder, and works without the note", () => {
    const folder = join(scratch.folder, "a", "b");
    const lock = acquireLock(folder);
    rmSync(join(folder, "serving.json"));
    try {
      acquireLock(folder);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain("is served by another process. Stop that one first");
    }
    lock.release();
  });

  it("is refused while another process has it, and says who", async () => {
    const child = await startHolder();
    expect(refusal().holder).toMatchObject({ pid: child.pid, address: "http://localhost:1" });
    child.kill("SIGTERM");
    await gone(child);
    acquireLock(scratch.folder).release();
  });

  it("is free as soon as its holder was killed", async () => {
    for (let times = 0; times < 3; times++) {
      const child = await startHolder();
      child.kill("SIGKILL");
      await gone(child);
      acquireLock(scratch.folder).release();
    }
  });

  it("is had by one of many processes that start at once", async () => {
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [program, scratch.folder]),
    );
    const lines = await Promise.all(children.map((child) => firstLine(child)));
    expect(lines.toSorted()).toEqual(["locked", "refused", "refused", "refused"]);
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(children.map(gone));
  });
});
