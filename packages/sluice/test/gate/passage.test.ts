/** Long answers that come piece by piece: what leaves when, what it costs, and every way in which one can end. */
import { describe, expect, it } from "vitest";
import { isAnswerStream } from "../../src/gate/index.ts";
import {
  Box,
  createDepot,
  DEADLINE_MS,
  download,
  FETCH_CREDITS,
  long,
  piece,
  SLOT,
  weighing,
} from "./fixtures/depot.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { secrets } from "./fixtures/people.ts";

async function depotWith(more: Parameters<typeof long>[1] = {}) {
  const box = new Box();
  return { box, depot: await createDepot(() => long(box, more)) };
}

const isTaken = (depot: Awaited<ReturnType<typeof createDepot>>) =>
  depot.stores.limits.slotsInUse(SLOT) === 1;

describe("a long answer", () => {
  it("is passed on piece by piece, and paid for before its end leaves", async () => {
    const { box, depot } = await depotWith();
    const { status, body } = await depot.fetch(download);
    expect([status, body.length]).toEqual([200, undefined]);
    box.send("ab");
    expect(await piece(body)).toBe("ab");
    box.send("c");
    expect(await piece(body)).toBe("c");
    expect(depot.funds()).toMatchObject({ held: FETCH_CREDITS, used: 0 });
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(false);
    expect(depot.funds()).toMatchObject({ held: 0, used: FETCH_CREDITS });
    expect(depot.rows()[0]).toMatchObject({ status: 200, ending: "done", charged: FETCH_CREDITS });
  });

  it("of a known length keeps its last byte back until it is paid for", async () => {
    const { box, depot } = await depotWith({ length: 4 });
    const { body } = await depot.fetch(download);
    expect(body.length).toBe(4);
    box.send("abc");
    expect(await piece(body)).toBe("abc");
    expect(depot.funds().used).toBe(0);
    box.send("d");
    expect(await piece(body)).toBe("d");
    expect(depot.funds().used).toBe(FETCH_CREDITS);
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(false);
  });

  it("asks for nothing before its caller does, and is told of once", async () => {
    const { box, depot } = await depotWith();
    const { body } = await depot.fetch(download);
    box.end();
    expect(depot.told).toEqual([]);
    await body.next();
    await body.next();
    expect(depot.told).toHaveLength(1);
    expect(depot.told).toEqual(depot.rows());
  });

  it.each([
    ["breaks off", {}, (box: Box) => box.break()],
    ["is shorter than it said", { length: 4 }, (box: Box) => box.end()],
    ["is longer than it said", { length: 3 }, (box: Box) => box.send("more")],
  ])("that %s costs nothing, and breaks off for its caller", async (_, more, happen) => {
    const { box, depot } = await depotWith(more);
    const { body } = await depot.fetch(download);
    box.send("ab");
    expect(await piece(body)).toBe("ab");
    happen(box);
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(true);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
    expect(isTaken(depot)).toBe(false);
    expect(depot.rows()[0]).toMatchObject({ status: 500, ending: "fault", charged: 0 });
    expect(depot.events.map(({ kind }) => kind)).toEqual(["fault"]);
  });

  it("breaks off at its deadline, uncharged", async () => {
    const { box, depot } = await depotWith();
    const { body } = await depot.fetch(download);
    box.send("ab");
    await piece(body);
    const last = body.next();
    await depot.clock.advance(DEADLINE_MS);
    expect(await last).toBeUndefined();
    expect(body.broken).toBe(true);
    expect(box.cancels).toBeGreaterThan(0);
    expect(depot.rows()[0]).toMatchObject({ condition: "upstream_timeout", charged: 0 });
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("whose ledger is down at its end breaks off, and keeps its hold for people to look at", async () => {
    const box = new Box();
    const depot = await createDepot(
      () => long(box),
      (plain) => ({
        ...plain,
        ledger: new Proxy(plain.ledger, {
          get(target, name) {
            if (name === "settle") return () => Promise.reject(new Error("down"));
            const value: unknown = Reflect.get(target, name);
            return typeof value === "function" ? value.bind(target) : value;
          },
        }),
      }),
    );
    const { body } = await depot.fetch(download);
    box.send("ab");
    await piece(body);
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(true);
    expect(depot.rows()[0]?.condition).toBe("credits_unavailable");
    expect(depot.funds()).toMatchObject({ held: FETCH_CREDITS, used: 0 });
  });

  it("whose caller leaves before its first piece costs nothing", async () => {
    const { box, depot } = await depotWith();
    const { body, call } = await depot.fetch(download);
    call.abort();
    expect(await body.next()).toBeUndefined();
    expect(box.cancels).toBeGreaterThan(0);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
    expect(depot.rows()[0]).toMatchObject({ status: 499, ending: "abandoned", charged: 0 });
  });

  it("whose caller leaves once it began costs its price, and frees its slot", async () => {
    const { box, depot } = await depotWith();
    const { body, call } = await depot.fetch(download);
    box.send("ab");
    await piece(body);
    expect(isTaken(depot)).toBe(true);
    call.abort();
    body.cancel();
    await body.next();
    expect(isTaken(depot)).toBe(false);
    expect(depot.funds()).toMatchObject({ held: 0, used: FETCH_CREDITS });
    expect(depot.rows()[0]).toMatchObject({ status: 499, charged: FETCH_CREDITS });
  });

  it.each([
    [["Sluice-Cost", "3"], "97"],
    [["Sluice-Cost", "30"], "90"],
    [[], "90"],
  ])("whose head says what it costs says what will be left: %j", async (headers, left) => {
    const { depot } = await depotWith({ headers });
    const { headers: sent } = await depot.gate.handle(new FakeCall(weighing));
    const at = sent.indexOf("X-Credits-Remaining");
    expect(sent[at + 1]).toBe(left);
  });

  it("that must be whole is a fault: a repeated key could not replay it", async () => {
    const { box, depot } = await depotWith();
    const refused = await depot.send({ ...download, headers: { "Idempotency-Key": "one" } });
    expect(refused.code).toBe("internal");
    expect(box.cancels).toBeGreaterThan(0);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it.each([
    ["of a known length", { length: 4 }],
    ["of any length", {}],
  ])(
    "%s of which only the head is asked for is done when its head leaves",
    async (_, more: { length?: number }) => {
      const { box, depot } = await depotWith(more);
      const call = new FakeCall({ method: "HEAD", path: "/v1/anything", key: secrets.pro });
      const { status, body } = await depot.gate.handle(call);
      if (!isAnswerStream(body)) throw new Error("expected no body, and perhaps its length");
      expect([status, body.length, await body.next()]).toEqual([200, more.length, undefined]);
      expect(box.cancels).toBeGreaterThan(0);
      expect(depot.rows()[0]).toMatchObject({ status: 200, ending: "done" });
    },
  );

  it("without a price and without a declared stream is passed on all the same", async () => {
    const { box, depot } = await depotWith({ headers: ["Content-Type", "text/event-stream"] });
    const { body } = await depot.fetch({ path: "/v1/anything/at/all", key: secrets.pro });
    box.send("data: 1\n\n");
    expect(await piece(body)).toBe("data: 1\n\n");
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(false);
  });
});

describe("a cost in a header", () => {
  const reply = (headers: readonly string[]) =>
    createDepot(() => ({ status: 200, headers, body: "{}" }));

  it.each([
    [["Sluice-Cost", "3"], 3],
    [["sluice-cost", "0"], 0],
    [["Sluice-Cost", "12"], FETCH_CREDITS],
    [["Sluice-Cost", "much"], FETCH_CREDITS],
    [[], FETCH_CREDITS],
  ])("is what a whole answer costs, and at most what was held: %j", async (headers, used) => {
    const depot = await reply(headers);
    const answer = await depot.send(weighing);
    expect([answer.status, depot.funds().used, depot.funds().held]).toEqual([200, used, 0]);
    expect(answer.header("Sluice-Cost")).toBeUndefined();
  });

  it("says nothing where the price is not said there", async () => {
    const depot = await createDepot(() => ({
      status: 200,
      headers: ["Sluice-Cost", "1"],
      body: "{}",
    }));
    await depot.send(download);
    expect(depot.funds().used).toBe(FETCH_CREDITS);
  });

  it("may come as a trailer behind a long answer", async () => {
    const { box, depot } = await depotWith();
    const { body } = await depot.fetch(weighing);
    box.send("ab");
    await piece(body);
    box.trailers = ["sluice-cost", "4"];
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(depot.funds()).toMatchObject({ held: 0, used: 4 });
  });

  it.each([
    [[], 0],
    [["sluice-cost", "2"], 2],
  ])("is what a caller pays who leaves early: %j", async (headers, used) => {
    const { box, depot } = await depotWith({ headers });
    const { body, call } = await depot.fetch(weighing);
    box.send("ab");
    await piece(body);
    call.abort();
    await body.next();
    expect(depot.funds()).toMatchObject({ held: 0, used });
  });
});
