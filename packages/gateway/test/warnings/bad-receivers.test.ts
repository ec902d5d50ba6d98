// What receivers do: fail, hang, answer garbage or megabytes, send elsewhere, or want no more. Each warning reaches them once.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { POST_TIMEOUT_MS } from "../../src/warnings/post.ts";
import { ATTEMPT_WAITS_MS } from "../../src/warnings/schedule.ts";
import { type CourierRig, openCourier } from "./fixtures/courier-rig.ts";
import {
  type Behaviour,
  fails,
  hangs,
  isGone,
  openReceiver,
  type Receiver,
  speaksGarbage,
  takesIt,
} from "./fixtures/receiver.ts";

let rig: CourierRig;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await openReceiver();
  rig = openCourier();
  await rig.names(receiver.url);
});
afterEach(async () => {
  await rig.close();
  await receiver.close();
});

/** Until the next attempt is surely due. */
const pass = (attempts: number) => rig.clock.advance(2 * (ATTEMPT_WAITS_MS[attempts] ?? 0) + 5_000);

describe("a receiver", () => {
  const megabytes: Behaviour = (response) => {
    response.writeHead(500);
    const piece = Buffer.alloc(65_536, "x");
    const flow = () => {
      while (response.writable && response.write(piece)) {}
      response.once("drain", flow);
    };
    response.on("error", () => undefined);
    flow();
  };
  const redirects: Behaviour = (response) =>
    void response.writeHead(307, { location: "/elsewhere" }).end();
  it.each([
    ["fails", fails, { status: 500, error: undefined }],
    ["answers garbage", speaksGarbage, { status: undefined, error: "its answer is no HTTP" }],
    ["answers without an end", megabytes, { status: 500, error: undefined }],
    ["sends elsewhere", redirects, { status: 307, error: undefined }],
    [
      "hangs up",
      (r) => r.socket?.destroy(),
      { status: undefined, error: "the connection broke off" },
    ],
  ] satisfies [string, Behaviour, object][])(
    "that %s is asked again, and hears each once",
    async (_, behaviour, seen) => {
      receiver.behaviour = behaviour;
      const id = await rig.raise(50);
      rig.courier.start();
      await rig.tried(id, 1);
      const { attempts } = await rig.record(id);
      expect(attempts[0]).toMatchObject(seen);
      receiver.behaviour = takesIt;
      await rig.raise(75);
      await pass(1);
      await receiver.arrived(3);
      expect(receiver.percents()).toEqual([50, 50, 75]);
    },
  );

  it("that hangs is waited for as long as an attempt may take, and asked again", async () => {
    receiver.behaviour = hangs;
    const id = await rig.raise(50);
    rig.courier.start();
    await receiver.arrived(1);
    expect((await rig.record(id)).attemptCount).toBe(0);
    await rig.clock.advance(POST_TIMEOUT_MS);
    await rig.tried(id, 1);
    const { attempts } = await rig.record(id);
    expect(attempts[0]).toMatchObject({ status: undefined, error: "no answer within 10 s" });
    receiver.behaviour = takesIt;
    await pass(1);
    await rig.is(id, "delivered");
  });

  it("that is not there is tried by the schedule, never earlier", async () => {
    await receiver.close();
    const id = await rig.raise(50);
    rig.courier.start();
    await rig.tried(id, 1);
    await rig.clock.advance((ATTEMPT_WAITS_MS[1] ?? 0) - 1);
    await rig.tried(id, 1);
    await pass(1);
    await rig.tried(id, 2);
    const { attempts } = await rig.record(id);
    expect(attempts[0]?.error).toBe("the connection was refused");
    receiver = await openReceiver();
  });

  it("that names a time is left alone until then", async () => {
    receiver.behaviour = (response) =>
      void response.writeHead(429, { "retry-after": "3600" }).end();
    const id = await rig.raise(50);
    rig.courier.start();
    await rig.tried(id, 1);
    expect((await rig.record(id)).dueMs).toBe(rig.clock.wallMs() + 3_600_000);
  });

  it("that is gone hears no more, until the account names another or another secret", async () => {
    receiver.behaviour = isGone;
    const [first, second] = [await rig.raise(50), await rig.raise(75)];
    rig.courier.start();
    await rig.is(first, "gone");
    await rig.is(second, "given_up");
    const third = await rig.raise(90);
    rig.courier.wake();
    await rig.is(third, "given_up");
    expect((await rig.record(third)).attempts[0]?.error).toBe(
      "not sent: its receiver answered 410 before",
    );
    expect(receiver.percents()).toEqual([50]);
    receiver.behaviour = takesIt;
    await rig.names(receiver.url, 2);
    const fourth = await rig.raise(100);
    rig.courier.wake();
    await rig.is(fourth, "delivered");
    expect(receiver.percents()).toEqual([50, 100]);
  });

  it("leaves none of its words in the log of attempts", async () => {
    rig.courier.start();
    for (const behaviour of [fails, speaksGarbage]) {
      receiver.behaviour = behaviour;
      const accountId = `acct_${behaviour.name}`;
      await rig.names(receiver.url, 1, accountId);
      const id = await rig.raise(50, accountId);
      rig.courier.wake();
      await rig.tried(id, 1);
    }
    const known = await rig.notices.warnings({ limit: 9 });
    expect(JSON.stringify(known)).not.toContain("SECRET");
  });
});
