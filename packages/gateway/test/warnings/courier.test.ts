// Warnings reach their receivers: each once and in order, whatever the receivers do, signed so that anybody can check it.

import { systemClock, VirtualClock } from "sluice/base";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ATTEMPT_WAITS_MS } from "../../src/warnings/schedule.ts";
import { signingSecret } from "../../src/warnings/signing.ts";
import { type CourierRig, openCourier, PEPPER } from "./fixtures/courier-rig.ts";
import { fails, openReceiver, type Receiver, takesIt } from "./fixtures/receiver.ts";

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

describe("a warning", () => {
  it("is delivered at once, in the format of Standard Webhooks", async () => {
    const id = await rig.raise(90);
    rig.courier.start();
    await rig.is(id, "delivered");
    const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
    expect(headers).toMatchObject({ "content-type": "application/json", "webhook-id": id });
    expect(JSON.parse(body)).toEqual({
      type: "credits.low",
      timestamp: "2100-06-15T00:00:00.000Z",
      data: {
        ...{ id, accountId: "acct_1", percent: 90, used: 900, cap: 1_000 },
        periodStart: "2100-06-01T00:00:00.000Z",
        resetAt: "2100-07-01T00:00:00.000Z",
      },
    });
    const { attempts, attemptCount } = await rig.record(id);
    expect(attemptCount).toBe(1);
    expect(attempts).toMatchObject([{ url: receiver.url, secretVersion: 1, status: 204 }]);
  });

  it("can be verified with the account's secret, and with no other", async () => {
    await rig.close();
    // The library's own clock is the machine's.
    rig = openCourier({ clock: new VirtualClock(systemClock.wallMs()) });
    await rig.names(receiver.url, 3);
    await rig.raise(50);
    rig.courier.start();
    await receiver.arrived(1);
    const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
    const verify = (accountId: string, secretVersion: number) =>
      new Webhook(signingSecret(PEPPER, accountId, secretVersion)).verify(body, headers);
    expect(verify("acct_1", 3)).toEqual(JSON.parse(body));
    expect(() => verify("acct_1", 2)).toThrow(/No matching signature/);
    expect(() => verify("acct_2", 3)).toThrow(/No matching signature/);
    expect(() =>
      new Webhook(signingSecret(PEPPER, "acct_1", 3)).verify(`${body} `, headers),
    ).toThrow(/No matching signature/);
  });

  it("goes to the place that the account names by then", async () => {
    const before = await openReceiver(fails);
    await rig.names(before.url);
    const id = await rig.raise(50);
    rig.courier.start();
    await rig.tried(id, 1);
    await rig.names(receiver.url, 2);
    await pass(1);
    await rig.is(id, "delivered");
    expect(before.received).toHaveLength(1);
    const { attempts } = await rig.record(id);
    expect(attempts.map(({ url, secretVersion }) => [url, secretVersion])).toEqual([
      [before.url, 1],
      [receiver.url, 2],
    ]);
    await before.close();
  });

  it("is given up once the account names no place any more", async () => {
    const id = await rig.raise(50);
    await rig.names(undefined);
    rig.courier.start();
    await rig.is(id, "given_up");
    expect(receiver.received).toHaveLength(0);
    const { attempts } = await rig.record(id);
    expect(attempts[0]?.error).toBe("not sent: the account names no address any more");
  });
});

describe("an account's warnings", () => {
  it("arrive in the order in which they were raised, one after the other", async () => {
    let open = 0;
    let most = 0;
    receiver.behaviour = (response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        response.writeHead(204).end();
      });
    };
    for (const percent of [50, 75, 90, 100]) await rig.raise(percent);
    rig.courier.start();
    await receiver.arrived(4);
    expect(receiver.percents()).toEqual([50, 75, 90, 100]);
    expect(most).toBe(1);
  });

  it("wait behind one that is tried again, and hold up nobody else's", async () => {
    receiver.behaviour = fails;
    const other = await openReceiver();
    await rig.names(other.url, 1, "acct_2");
    const first = await rig.raise(50);
    await rig.raise(75);
    const theirs = await rig.raise(50, "acct_2");
    rig.courier.start();
    await rig.is(theirs, "delivered");
    await rig.tried(first, 1);
    receiver.behaviour = takesIt;
    await pass(1);
    await receiver.arrived(3);
    expect(receiver.percents()).toEqual([50, 50, 75]);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids[0]).toBe(ids[1]);
    await other.close();
  });

  it("go on behind one that was given up after all its attempts", async () => {
    receiver.behaviour = (response, { body }) =>
      (JSON.parse(body).data.percent === 50 ? fails : takesIt)(response, { headers: {}, body });
    const first = await rig.raise(50);
    const second = await rig.raise(75);
    // Each by a process of its own: nothing of the schedule is in memory.
    for (let attempts = 1; attempts <= ATTEMPT_WAITS_MS.length; attempts++) {
      const clock = new VirtualClock((await rig.record(first)).dueMs);
      const next = openCourier({ stores: rig.stores, clock });
      next.courier.start();
      await next.tried(first, attempts);
      if (attempts === ATTEMPT_WAITS_MS.length) await next.is(second, "delivered");
      await next.close();
    }
    expect((await rig.record(first)).state).toBe("given_up");
    expect(receiver.percents()).toEqual([...new Array(10).fill(50), 75]);
  });
});

describe("a courier", () => {
  it("lives with a store that fails, and says so once", async () => {
    const { notices } = rig;
    const take = notices.take.bind(notices);
    let isDown = true;
    notices.take = (...told) => {
      if (isDown) throw new Error("down");
      return take(...told);
    };
    const id = await rig.raise(50);
    rig.courier.start();
    for (let looks = 0; looks < 3; looks++) await rig.clock.advance(5_000);
    expect(rig.troubles).toHaveLength(1);
    isDown = false;
    await rig.clock.advance(5_000);
    await rig.is(id, "delivered");
    expect(rig.troubles).toEqual([expect.any(Error), undefined]);
  });

  it("tells the store again what it did not take, so that nothing is sent twice", async () => {
    const { notices } = rig;
    const attempted = notices.attempted.bind(notices);
    let failures = 2;
    notices.attempted = (...told) => {
      if (failures-- > 0) throw new Error("down");
      return attempted(...told);
    };
    const id = await rig.raise(50);
    rig.courier.start();
    await receiver.arrived(1);
    await expect.poll(() => failures).toBe(1);
    await rig.clock.advance(5_000);
    await rig.is(id, "delivered");
    await rig.clock.advance(120_000);
    expect(receiver.received).toHaveLength(1);
  });

  it("ends what is on its way before it closes, and takes nothing more", async () => {
    let answer: () => void = () => undefined;
    receiver.behaviour = (response) => {
      answer = () => void response.writeHead(204).end();
    };
    const [first, second] = [await rig.raise(50), await rig.raise(75)];
    rig.courier.start();
    await receiver.arrived(1);
    const closing = rig.courier.close();
    answer();
    await closing;
    expect((await rig.record(first)).state).toBe("delivered");
    expect((await rig.record(second)).state).toBe("waiting");
    rig.courier.wake();
    expect(receiver.received).toHaveLength(1);
  });
});
