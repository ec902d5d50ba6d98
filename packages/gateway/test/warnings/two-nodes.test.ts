// Two gateways on one PostgreSQL: each warning is raised once and delivered once, and each account hears in order.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import pg from "pg";
import { VirtualClock } from "sluice/base";
import type { PostgresStores } from "sluice/store/postgres";
import { openPostgresStores } from "sluice/store/postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDesk } from "../../src/warnings/desk.ts";
import { openCourier, START_MS } from "./fixtures/courier-rig.ts";
import { allowance, CHANGE, mill } from "./fixtures/desk-rig.ts";
import { openReceiver, type Receiver } from "./fixtures/receiver.ts";

const ACCOUNTS = 12;
/** The first attempt that fails is followed by another one within ten seconds. */
const FIRST_WAIT_MS_MAX = 11_000;
let server: Awaited<ReturnType<typeof startPostgres>>;
let receiver: Receiver;

beforeAll(async () => {
  server = await startPostgres();
  // Some fail the first time, so that many wait at once.
  const failed = new Set<string>();
  receiver = await openReceiver((response, { headers }) => {
    const id = headers["webhook-id"] ?? "";
    const isFirst = !failed.has(id);
    failed.add(id);
    response.writeHead(isFirst && id.charCodeAt(id.length - 1) % 2 === 0 ? 503 : 200).end();
  });
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await server.close();
});

interface Node {
  readonly stores: PostgresStores;
  close(): Promise<void>;
}

async function openNode(address: ReturnType<typeof server.createDatabase>): Promise<Node> {
  const pool = new pg.Pool({ ...address, max: 6, connectionTimeoutMillis: 5_000 });
  const stores = await openPostgresStores({ pool });
  return {
    stores,
    async close() {
      await stores.close();
      await pool.end();
    },
  };
}

it("deliver each warning once, and to each account in order", async () => {
  const address = server.createDatabase();
  const nodes = [await openNode(address), await openNode(address)];
  const clock = new VirtualClock(START_MS);
  const [first] = nodes;
  const accounts = Array.from({ length: ACCOUNTS }, (_, at) => `acct_${at}`);
  for (const id of accounts) {
    const warnings = { url: receiver.url, secretVersion: 1 };
    const account = { id, name: id, plan: "pro", subscription: "active", warnings } as const;
    await first?.stores.directory.putAccount(account, CHANGE);
    const nowMs = clock.wallMs();
    const funds = { accountId: id, allowance };
    const reservation = { holdId: id, funds, budgets: [], amount: 1_000, operation: "grind" };
    await first?.stores.ledger.reserve(
      { ...reservation, keyId: "key_1", expiresAtMs: nowMs + 60_000 },
      nowMs,
    );
    await first?.stores.ledger.settle({ holdId: id, charge: 1_000, rememberMs: 0 }, nowMs);
  }
  const rigs = nodes.map(({ stores }) => openCourier({ stores, clock }));
  let raised = 0;
  const desks = nodes.map(({ stores }, at) =>
    createDesk({
      ...{ stores, clock },
      onRaised() {
        raised++;
        rigs[at]?.courier.wake();
      },
      onTrouble: (error) => expect(error).toBeUndefined(),
    }),
  );
  for (const { courier } of rigs) courier.start();
  for (const desk of desks) {
    for (const accountId of accounts) {
      desk.spent(mill, { accountId, budgets: [], short: undefined });
    }
  }
  await Promise.all(desks.map((desk) => desk.close()));
  expect(raised).toBe(4 * ACCOUNTS);
  const delivered = async () => {
    const all = (await first?.stores.notices.warnings({ limit: 1_000 })) ?? [];
    // What is on its way is leased for a minute: were time to pass it by, its courier would be taken for dead.
    const isUnderWay = all.some(
      ({ state, dueMs }) => state === "waiting" && dueMs > clock.wallMs() + FIRST_WAIT_MS_MAX,
    );
    if (!isUnderWay) await clock.advance(FIRST_WAIT_MS_MAX);
    return all.filter(({ state }) => state === "delivered").length;
  };
  await expect.poll(delivered, { timeout: 30_000 }).toBe(4 * ACCOUNTS);
  for (const accountId of accounts) {
    const heard = receiver.received
      .map(({ body }) => JSON.parse(body).data)
      .filter((data) => data.accountId === accountId);
    // What was tried again stands twice, one behind the other.
    expect([...new Set(heard.map(({ percent }) => percent))]).toEqual([50, 75, 90, 100]);
    expect(heard.map(({ percent }) => percent)).toEqual(
      heard.map(({ percent }) => percent).toSorted((one, other) => one - other),
    );
  }
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"] ?? "");
  const expected = [...new Set(ids)].map((id) => 1 + ((id.charCodeAt(id.length - 1) + 1) % 2));
  expect(ids.length).toBe(expected.reduce((sum, times) => sum + times, 0));
  for (const rig of rigs) await rig.close();
  for (const node of nodes) await node.close();
}, 60_000);
