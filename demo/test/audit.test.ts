// The audit as a command: what it prints and how it ends, while the demo serves and after somebody tampered.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { audit } from "./audit-process.ts";
import { newHome, startDemo } from "./demo-process.ts";

/** The home of a demo that has charged the accounts which have spent it all. */
async function usedHome(): Promise<string> {
  const demo = await startDemo();
  demo.signal("SIGKILL");
  await demo.ended;
  return demo.home;
}

function tamper(home: string, sql: string): void {
  const database = new DatabaseSync(join(home, "state", "sluice.db"));
  database.exec(sql);
  database.close();
}

describe("the audit", () => {
  test("is clean while the demo serves, for two at once", async () => {
    const demo = await startDemo();
    const audited = await Promise.all([audit(demo.home), audit(demo.home)]);
    const clean = { code: 0, stdout: "clean\n", stderr: "" };
    expect(audited).toEqual([clean, clean]);
    expect((await fetch(`${demo.file.url}/healthz`)).status).toBe(200);
  });

  test("counts the holds of calls that died", async () => {
    const home = await usedHome();
    tamper(
      home,
      "INSERT INTO hold SELECT n + 1, 'died', account, 0, '[]', '[]', NULL, NULL, operation, key_id, " +
        "made_ms, expires_ms, NULL FROM hold ORDER BY n DESC LIMIT 1; " +
        "INSERT INTO hold_end SELECT n, 'expired', 0, 0, made_ms FROM hold WHERE id = 'died'; " +
        "INSERT INTO odd_hold SELECT n, account FROM hold WHERE id = 'died'",
    );
    expect(await audit(home)).toEqual({
      code: 0,
      stdout: "clean; 1 hold ran out, uncharged: their calls died\n",
      stderr: "",
    });
  });

  test("tells what is broken, with its rows", async () => {
    const home = await usedHome();
    tamper(
      home,
      "UPDATE pot_balance SET charged = charged - 7, available = available + 7 WHERE issued = 650",
    );
    const { code, stdout, stderr } = await audit(home);
    expect(code).toBe(1);
    expect(stdout).toContain("L1: each side of a pot is the sum of its entries: ");
    expect(stdout).toContain("[650,7,0,643,0,");
    expect(stderr).toMatch(/^Broken: 1 row in .* that should not be so\.\n$/);
  });

  test("proves nothing about what is not there, and does not make it", async () => {
    const home = newHome();
    const first = await audit(home);
    expect(first.code).toBe(2);
    expect(first.stderr).toMatch(/^No ledger at .*sluice\.db: set SLUICE_HOME to/);
    expect(await audit(home)).toEqual(first);
  });

  test("says so when the file is no ledger", async () => {
    const home = newHome();
    mkdirSync(join(home, "state"));
    writeFileSync(
      join(home, "state", "sluice.db"),
      "no database at all, but long enough".repeat(99),
    );
    const { code, stdout, stderr } = await audit(home);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^Cannot audit: .*not a database\n$/);
  });
});
