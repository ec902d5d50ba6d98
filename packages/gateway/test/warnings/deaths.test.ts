// Processes that die: what was raised is delivered by the next one, whatever the first had taken; what is delivered twice
// has the same id.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { VirtualClock } from "sluice/base";
import { openSqliteStores } from "sluice/store/sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openCourier, START_MS } from "./fixtures/courier-rig.ts";
import { hangs, openReceiver, type Receiver, takesIt } from "./fixtures/receiver.ts";

const program = fileURLToPath(new URL("./fixtures/raiser-program.ts", import.meta.url));
let receiver: Receiver;

beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.close());

it("what a killed process raised, and had begun to deliver, arrives in order from the next", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-warnings-"));
  const file = join(folder, "sluice.db");
  const child = spawn(
    process.execPath,
    ["--conditions=sluice-source", program, file, receiver.url],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  const [said] = await Promise.race([once(child.stdout, "data"), ended]);
  expect(String(said)).toBe("raised\n");
  child.kill("SIGKILL");
  await ended;
  const stores = await openSqliteStores({ file });
  // It may still be on its way, for all that anybody knows.
  const lastMs = START_MS + 60_000 - 1;
  expect(await stores.notices.take(lastMs, lastMs + 1, 9)).toEqual([]);
  const next = openCourier({ stores, clock: new VirtualClock(START_MS + 60_000) });
  next.courier.start();
  await receiver.arrived(3);
  expect(receiver.percents()).toEqual([50, 75, 90]);
  await next.close();
  await stores.close();
  rmSync(folder, { recursive: true });
}, 30_000);

it("what a courier delivered and could not write down is delivered again, under the same id", async () => {
  const first = openCourier();
  await first.names(receiver.url);
  const { notices } = first;
  const attempted = notices.attempted.bind(notices);
  // Its process dies before the store hears of it.
  notices.attempted = () => new Promise(() => undefined);
  const id = await first.raise(50);
  first.courier.start();
  await receiver.arrived(1);
  notices.attempted = attempted;
  const clock = new VirtualClock(first.clock.wallMs() + 60_000);
  const second = openCourier({ stores: first.stores, clock });
  second.courier.start();
  await second.is(id, "delivered");
  expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
  const [one, two] = receiver.received;
  expect(one?.body).toBe(two?.body);
  await second.close();
});

it("what a courier was about to deliver is left alone until it must be dead", async () => {
  receiver.behaviour = hangs;
  const first = openCourier();
  await first.names(receiver.url);
  const id = await first.raise(50);
  first.courier.start();
  await receiver.arrived(1);
  receiver.behaviour = takesIt;
  const clock = new VirtualClock(first.clock.wallMs() + 55_000);
  const second = openCourier({ stores: first.stores, clock });
  second.courier.start();
  await clock.advance(4_000);
  expect(receiver.received).toHaveLength(1);
  await clock.advance(10_000);
  await second.is(id, "delivered");
  expect(receiver.received).toHaveLength(2);
  await second.close();
});
