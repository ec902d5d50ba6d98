// Keys of several gates on one directory: a revocation holds everywhere, an outage locks nobody out, and the database
// never sees a key.

import { describe, expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import { mintKey } from "../../../src/contract/index.ts";
import {
  createGate,
  type Gate,
  type GateEvent,
  type GateOptions,
  type Pepper,
} from "../../../src/gate/index.ts";
import { createMemoryStores } from "../../../src/store/memory/index.ts";
import { acme } from "../../gate/fixtures/acme.ts";
import { acmeUpstream } from "../../gate/fixtures/acme-upstream.ts";
import { FakeCall } from "../../gate/fixtures/fake-call.ts";
import { account, CHANGE } from "../../gate/fixtures/people.ts";
import { receive } from "../../gate/fixtures/received.ts";
import { type Opened, openStores, useServer } from "./database.ts";

const random = seededRandom("keys");

function pepper(version: number): Pepper {
  return { version, secret: new Uint8Array(32).fill(version) };
}

/** Answers once the database has, which takes no virtual time. */
async function hello(gate: Gate, key: string): Promise<string> {
  const call = new FakeCall({ path: "/v1/hello", key });
  const { status, code } = receive(await gate.handle(call));
  return code ?? String(status);
}

/** What an answer that goes well says it had to do without. */
async function degraded(gate: Gate, key: string): Promise<string | undefined> {
  const received = receive(await gate.handle(new FakeCall({ path: "/v1/hello", key })));
  expect(received.status).toBe(200);
  return received.header("Sluice-Degraded");
}

describe("keys on PostgreSQL", () => {
  const { database, server } = useServer();

  /** Two gates on one database, in virtual time but for the database's own. */
  async function twoGates(options: Partial<GateOptions> = {}) {
    const address = database();
    const clock = new VirtualClock();
    const nodes = await Promise.all(
      [1, 2].map(async () => {
        const opened = await openStores(address, { clock });
        const { limits } = createMemoryStores();
        const stores = { ...opened.stores, limits };
        const gate = createGate(acme, {
          ...{ stores, upstream: acmeUpstream(), pepper: [pepper(1)], clock, random },
          onEvent: () => {},
          ...options,
        });
        return { ...opened, gate };
      }),
    );
    const [one, two] = nodes as [Opened & { gate: Gate }, Opened & { gate: Gate }];
    await one.stores.directory.putAccount(account("pro"), CHANGE);
    const create = () => one.gate.keys.create({ accountId: "pro", name: "n", by: "ana" });
    return {
      ...{ address, clock, one, two, create },
      /** Lets a second go by, and the polls that fall into it come back. */
      async second() {
        await clock.advance(1_000);
        const isIdle = ({ pool }: Opened) =>
          pool.waitingCount === 0 && pool.idleCount === pool.totalCount;
        do await new Promise((resolve) => setImmediate(resolve));
        while (!nodes.every(isIdle));
      },
      async close() {
        for (const { gate, close } of nodes) {
          gate.close();
          await close();
        }
      },
    };
  }

  it("K1: a revocation at one gate holds at the other within two seconds", async () => {
    const { one, two, create, second, close } = await twoGates();
    const { key, secret } = await create();
    const other = await create();
    for (const { gate } of [one, two]) expect(await hello(gate, secret)).toBe("200");
    await one.gate.keys.revoke(key.id, "ana");
    expect(await hello(one.gate, secret)).toBe("revoked_key");
    expect(await hello(two.gate, secret)).toBe("200");
    await second();
    await second();
    expect(await hello(two.gate, secret)).toBe("revoked_key");
    expect(await hello(two.gate, other.secret)).toBe("200");
    await close();
  });

  it("K1: no change is missed, however many gates write at once", async () => {
    const { one, two, second, close } = await twoGates();
    const heard = new Set<string>();
    two.stores.directory.watch((accountId) => heard.add(accountId));
    const ids = Array.from({ length: 60 }, (_, at) => `acct_${at}`);
    const writers = [one, two].map(({ stores }) => stores.directory);
    const writing = Promise.all(
      ids.map((id, at) => writers[at % 2]?.putAccount(account(id), CHANGE)),
    );
    for (let polls = 0; polls < 5; polls++) await second();
    await writing;
    for (let polls = 0; polls < 3; polls++) await second();
    expect([...heard].toSorted()).toEqual([...ids, "pro"].toSorted());
    await close();
  });

  it("a known key outlives the database by minutes, and says so; a revoked one does not", async () => {
    const events: GateEvent[] = [];
    const onEvent = (event: GateEvent) => events.push(event);
    const { one, two, clock, create, second, close } = await twoGates({ onEvent });
    const known = await create();
    const revoked = await create();
    const unseen = await create();
    for (const { secret } of [known, revoked]) await hello(two.gate, secret);
    await one.gate.keys.revoke(revoked.key.id, "ana");
    await second();
    await second();
    expect(await degraded(two.gate, known.secret)).toBeUndefined();
    await server().crash();
    await clock.advance(120_000);
    for (let calls = 0; calls < 2; calls++) {
      expect(await degraded(two.gate, known.secret)).toBe("keys");
    }
    for (const { secret } of [revoked, unseen]) {
      expect(await hello(two.gate, secret)).toBe("unavailable");
    }
    await server().start();
    await second();
    await second();
    expect(await degraded(two.gate, known.secret)).toBeUndefined();
    expect(await hello(two.gate, revoked.secret)).toBe("revoked_key");
    expect(await hello(two.gate, unseen.secret)).toBe("200");
    expect(events.map(({ kind }) => kind).filter((kind) => kind !== "fault")).toEqual([
      ...["directory_down", "directory_back"],
    ]);
    await close();
  });

  it("a gate that could not ask believes nothing unasked once it can", async () => {
    const { one, two, clock, create, second, close } = await twoGates();
    const { key, secret } = await create();
    expect(await hello(two.gate, secret)).toBe("200");
    await server().crash();
    await clock.advance(2_000);
    await server().start();
    // As by a standby that took over and lacks the last changes: their numbers are given out anew.
    await one.pool.query(
      "SET session_replication_role = replica; DELETE FROM sluice.change; " +
        "SET session_replication_role = DEFAULT",
    );
    await one.gate.keys.revoke(key.id, "ana");
    for (let polls = 0; polls < 3; polls++) await second();
    expect(await hello(two.gate, secret)).toBe("revoked_key");
    await close();
  });

  it("K2: no secret is in any row", async () => {
    const { one, create, close } = await twoGates();
    const { key, secret } = await create();
    const rotated = await one.gate.keys.rotate(key.id, { overlapMs: 60_000, by: "ana" });
    for (const known of [secret, rotated.secret]) await hello(one.gate, known);
    await one.stores.log.flush();
    const tables = await one.pool.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'sluice'",
    );
    let rows = "";
    for (const { name } of tables.rows) {
      const all = await one.pool.query(
        `SELECT coalesce(json_agg(t)::text, '') AS t FROM ${name} t`,
      );
      rows += all.rows[0].t;
    }
    expect(rows).toContain(key.id);
    for (const known of [secret, rotated.secret]) {
      expect(rows).not.toContain(known);
      // Nor what is left of it without its prefix and its last four.
      expect(rows).not.toContain(known.slice(12, -4));
    }
    await close();
  });

  it("K3: a malformed key costs no query", async () => {
    const { one, close } = await twoGates();
    const queries = queriesOf(one);
    for (let at = 0; at < 500; at++) {
      expect(await hello(one.gate, `acme_live_${at}`)).toBe("malformed_key");
    }
    expect(queries()).toBe(0);
    await close();
  });

  it("K4: a pepper is replaced without a key that stops working", async () => {
    const { one, two, create, close } = await twoGates();
    const old = await create();
    const limits = createMemoryStores().limits;
    const renewed = createGate(acme, {
      ...{ stores: { ...two.stores, limits }, upstream: acmeUpstream() },
      ...{ pepper: [pepper(1), pepper(2)], clock: new VirtualClock(), random },
    });
    expect(await hello(renewed, old.secret)).toBe("200");
    const rotated = await renewed.keys.rotate(old.key.id, { overlapMs: 60_000, by: "ana" });
    expect(await hello(renewed, rotated.secret)).toBe("200");
    expect(await hello(renewed, old.secret)).toBe("200");
    const { rows } = await one.pool.query("SELECT digest FROM sluice.digest ORDER BY digest");
    expect(rows.map(({ digest }) => digest.slice(0, 3))).toEqual(["v1:", "v2:"]);
    renewed.close();
    await close();
  });

  it("K5: of 3,000 wrong keys none opens anything, and few cost a query", async () => {
    const { one, close } = await twoGates({ unknownKeysPerMinute: 50 });
    const queries = queriesOf(one);
    const answers = new Set<string>();
    for (let at = 0; at < 3_000; at++) {
      answers.add(await hello(one.gate, mintKey(acme.wire.key, "live", random)));
    }
    expect([...answers].toSorted()).toEqual(["rate_limited", "unknown_key"]);
    expect(queries()).toBe(50);
    await close();
  });
});

/** Counts how often a connection is asked for: once a query. */
function queriesOf({ pool }: Opened): () => number {
  let queries = 0;
  pool.on("acquire", () => {
    queries++;
  });
  return () => queries;
}
