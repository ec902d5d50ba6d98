// Several processes reserve and settle while their server is stopped as by a power cut and they are killed: whatever was
// answered is in the database after each start, none of it twice, and the books add up.

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type PostgresAddress, startPostgres } from "@sluice-internal/test-servers/postgres";
import type pg from "pg";
import { expect, it } from "vitest";
import { seededRandom, systemClock } from "../../../src/base/index.ts";
import { gone } from "../sqlite/child-process.ts";
import { openStores } from "./database.ts";

const program = fileURLToPath(new URL("./spender.ts", import.meta.url));
const rounds = 20;
const processes = 3;
const batch = 5_000;

/** A process, and every line that it has said. */
class Spender {
  readonly child: ChildProcess;
  #told = "";
  complaint = "";

  constructor(address: PostgresAddress, name: string) {
    this.child = spawn(process.execPath, [program, JSON.stringify(address), name]);
    this.child.stdout?.on("data", (chunk) => {
      this.#told += String(chunk);
    });
    this.child.stderr?.on("data", (chunk) => {
      this.complaint += String(chunk);
    });
  }

  /** The last line may have been cut off. */
  get lines(): readonly string[] {
    return this.#told.split("\n").slice(0, -1);
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await gone(this.child);
    expect(this.child.signalCode, this.complaint).toBe("SIGKILL");
  }
}

/** Each line is true of the database: a hold that was made is there, and ended as it was said. */
async function check(pool: pg.Pool, lines: readonly string[]): Promise<void> {
  for (let from = 0; from < lines.length; from += batch) {
    const words = lines.slice(from, from + batch).map((line) => line.split("\t"));
    const ids = words.map(([, id]) => id ?? "");
    const { rows } = await pool.query(
      "SELECT h.state, h.charged::int, h.slots FROM unnest($1::text[]) WITH ORDINALITY AS u (id, at) " +
        "LEFT JOIN sluice.hold h USING (id) ORDER BY u.at",
      [ids],
    );
    for (const [at, [what, id, charge]] of words.entries()) {
      const { state, charged, slots } = rows[at];
      const line = `${what} ${id}: ${state}`;
      if (what === "reserved") expect(["open", "settled"], line).toContain(state);
      if (what === "detached") {
        expect({ state, slots }, line).toEqual({ state: "open", slots: `["slot of ${id}"]` });
      }
      if (what === "settled") {
        expect({ state, charged }, line).toEqual({ state: "settled", charged: Number(charge) });
      }
    }
  }
}

it(`L4: loses nothing that was answered, over ${rounds} crashes of the server and its clients`, async () => {
  const server = await startPostgres();
  const address = server.createDatabase();
  await (await openStores(address)).close();
  const random = seededRandom("crashes");
  const answered: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const spenders = Array.from(
      { length: processes },
      (_, at) => new Spender(address, `round ${round} of ${at}`),
    );
    while (spenders.some(({ lines }) => lines.length === 0)) await systemClock.sleep(20);
    for (let blow = 0; blow < 3; blow++) {
      await systemClock.sleep(random.integer(400));
      if (random.integer(2) === 0) await spenders[random.integer(processes)]?.kill();
      else {
        await server.crash();
        await server.start();
      }
    }
    await systemClock.sleep(200);
    for (const spender of spenders) {
      await spender.kill();
      answered.push(...spender.lines);
    }
    const { stores, pool, close } = await openStores(address, { statementMs: 60_000 });
    expect(await stores.audit()).toEqual([]);
    await check(pool, answered);
    await close();
  }
  expect(answered.filter((line) => line.startsWith("settled")).length).toBeGreaterThan(1_000);
  expect(answered.filter((line) => line.startsWith("detached")).length).toBeGreaterThan(100);
  await server.close();
});
