// No space: calls that write fail, calls that read do not, nothing is corrupt, and when there is space
// again everything goes on by itself.

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { openSqliteStores, type SqliteStores } from "../../../src/store/sqlite/index.ts";
import { firstLine, gone } from "./child-process.ts";
import { row } from "./log-rows.ts";
import { scratchFolder } from "./scratch-files.ts";

const nowMs = Date.UTC(2026, 0, 15);
const minuteMs = 60_000;
const funds = {
  accountId: "acct_1",
  allowance: { credits: 1_000_000, reset: { kind: "calendar_month" } },
} as const;

let scratch: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** A charged call with an answer to remember. */
async function charge({ ledger }: SqliteStores, holdId: string): Promise<void> {
  const idempotency = { accountId: "acct_1", operation: "create", key: holdId, fingerprint: "f" };
  await ledger.reserve(
    {
      ...{ holdId, funds, budgets: [], amount: 1, expiresAtMs: nowMs + minuteMs },
      ...{ operation: "create", keyId: "key_1", idempotency },
    },
    nowMs,
  );
  const answer = { status: 200, headers: [], body: "x".repeat(8_000), requestId: holdId };
  await ledger.settle({ holdId, charge: 1, answer, rememberMs: minuteMs }, nowMs);
}

/** Charges until that fails; how many went through, and why the last did not. */
async function chargeUntilFull(stores: SqliteStores, name: string) {
  for (let charged = 0; charged < 10_000; charged++) {
    try {
      await charge(stores, `${name} ${charged}`);
    } catch (error) {
      return { charged, why: String(error) };
    }
  }
  throw new Error("the disk was never full");
}

/** Everybody who was answered is in the books, and the books add up. */
async function checkBooks(stores: SqliteStores, charged: number): Promise<void> {
  const { used } = await stores.ledger.balance(funds, nowMs);
  expect(used).toBeGreaterThanOrEqual(charged);
  expect(used).toBeLessThanOrEqual(charged + 2);
  expect(await stores.audit()).toEqual([]);
}

describe("a file that may not grow any more", () => {
  it("takes no charge until old rows of the log make room", async () => {
    const clock = new VirtualClock(nowMs);
    const file = join(scratch.folder, "sluice.db");
    const stores = await openSqliteStores({
      ...{ file, clock, fileBytesMax: 600_000, log: { retentionMs: minuteMs } },
    });
    await stores.directory.putAccount(
      { id: "acct_1", name: "one", plan: "pro", subscription: "active" },
      { by: "ana", atMs: 1 },
    );
    for (let at = 0; at < 1_000; at++) stores.log.append(row({ atMs: nowMs }));
    await stores.log.flush();
    const { charged, why } = await chargeUntilFull(stores, "first");
    expect(why).toContain("database or disk is full");
    expect(charged).toBeGreaterThan(5);
    expect((await stores.directory.account("acct_1"))?.name).toBe("one");
    await checkBooks(stores, charged);
    // A log that cannot be written keeps its rows and tries again; no call hears of it.
    for (let at = 0; at < 100; at++) stores.log.append(row({ atMs: nowMs + 2 * minuteMs }));
    await expect(stores.log.flush()).rejects.toThrow("full");
    expect(stores.log.dropped()).toBe(0);

    // Old rows go a few at a time.
    const again = async () => {
      await clock.advance(minuteMs);
      return charge(stores, "after").then(() => "charged", String);
    };
    await expect.poll(again).toBe("charged");
    await stores.log.flush();
    expect(stores.log.dropped()).toBe(0);
    await checkBooks(stores, charged + 1);
    await stores.close();
  });
});

/** A disk of a megabyte and a half, where the machine lets us have one. */
function smallDisk(folder: string): boolean {
  mkdirSync(folder);
  const told = ["-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder];
  return spawnSync("mount", told).status === 0;
}

describe("a full disk", () => {
  it("takes no charge until there is space again", async () => {
    const folder = join(scratch.folder, "disk");
    const isSmall = smallDisk(folder);
    const ballast = join(folder, "ballast");
    // Without a small disk the file is bounded instead, and this shows only that it stays whole.
    const bound = isSmall ? {} : { fileBytesMax: 400_000 };
    if (isSmall) writeFileSync(ballast, new Uint8Array(500_000));
    let stores = await openSqliteStores({ file: join(folder, "sluice.db"), ...bound });
    try {
      const { charged, why } = await chargeUntilFull(stores, "first");
      expect(why).toMatch(/full|disk I\/O/);
      await checkBooks(stores, charged);
      if (isSmall) rmSync(ballast);
      else {
        await stores.close();
        stores = await openSqliteStores({ file: join(folder, "sluice.db") });
      }
      await charge(stores, "after");
      await checkBooks(stores, charged + 1);
    } finally {
      await stores.close();
      if (isSmall) spawnSync("umount", [folder]);
    }
  });
});

describe("a file that this process may not write", () => {
  it("is refused at the start, with the reason, and left as it is", async () => {
    const file = join(scratch.folder, "sluice.db");
    await (await openSqliteStores({ file })).close();
    chmodSync(file, 0o444);
    chmodSync(scratch.folder, 0o555);
    const program = fileURLToPath(new URL("./opener.ts", import.meta.url));
    // Root may write anything, so it is somebody else who tries.
    const isRoot = process.getuid?.() === 0;
    const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(process.execPath, [program, file], nobody);
    expect(await firstLine(child)).toMatch(/EACCES|readonly|unable to open/);
    await gone(child);
    chmodSync(scratch.folder, 0o755);
    chmodSync(file, 0o644);
    const stores = await openSqliteStores({ file });
    expect(await stores.audit()).toEqual([]);
    await stores.close();
  });
});
