// Keys of a gate whose file is lost to it: those that were verified go on for a while, and everybody hears of it.

import { join } from "node:path";
import { expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import { createGate, type GateEvent } from "../../../src/gate/index.ts";
import { connect } from "../../../src/store/sqlite/stores.ts";
import { Queries } from "../../../src/store/sqlite/thread/queries.ts";
import { Thread } from "../../../src/store/sqlite/thread/thread.ts";
import type { Writer } from "../../../src/store/sqlite/thread/writer.ts";
import { acme } from "../../gate/fixtures/acme.ts";
import { acmeUpstream } from "../../gate/fixtures/acme-upstream.ts";
import { FakeCall } from "../../gate/fixtures/fake-call.ts";
import { account, CHANGE, PEPPER } from "../../gate/fixtures/people.ts";
import { receive } from "../../gate/fixtures/received.ts";
import { scratchFolder } from "./scratch-files.ts";

const workerUrl = new URL("../../../src/store/sqlite/worker.ts", import.meta.url);
const noQueries = new Queries(() => Promise.reject(new Error("no queries here")));

function startWriter(file: string): Promise<Thread<Writer>> {
  return Thread.start<Writer>(workerUrl, {
    role: "writer",
    database: { file, busyMs: 2_000, cacheBytes: 1_000_000 },
    ledger: { barredHoldsMax: 10, rememberExpiredMs: 1_000, keptMax: 10 },
  });
}

it("a directory whose worker has died is announced, and verified keys go on for five minutes", async () => {
  const { folder, remove } = scratchFolder();
  const file = join(folder, "sluice.db");
  const writer = await startWriter(file);
  const clock = new VirtualClock();
  const events: GateEvent[] = [];
  const stores = connect(writer, { pages: noQueries, audits: noQueries }, clock, { file });
  const gate = createGate(acme, {
    ...{ stores, upstream: acmeUpstream(), pepper: PEPPER, clock, random: seededRandom("keys") },
    onEvent: (event) => events.push(event),
  });
  await stores.directory.putAccount(account("pro"), CHANGE);
  const { secret } = await gate.keys.create({ accountId: "pro", name: "n", by: "ana" });
  const hello = async () => {
    const call = new FakeCall({ path: "/v1/hello", key: secret });
    const received = receive(await gate.handle(call));
    return [received.status, received.header("Sluice-Degraded")];
  };
  expect(await hello()).toEqual([200, undefined]);
  await writer.kill();
  expect(await hello()).toEqual([200, undefined]);
  await clock.advance(60_000);
  for (let calls = 0; calls < 3; calls++) expect(await hello()).toEqual([200, "keys"]);
  await clock.advance(240_000);
  expect(await hello()).toEqual([503, undefined]);
  expect(events.map(({ kind }) => kind)).toEqual(["directory_down", "fault"]);
  gate.close();
  await stores.close();
  remove();
});
