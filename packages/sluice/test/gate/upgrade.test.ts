/** Calls that offer to upgrade their connection: what the upstream is handed, what leaves when, and what each ending costs. */
import { describe, expect, it } from "vitest";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import { fetchUpstream, type Upgrade, type Work, type WorkDone } from "../../src/gate/index.ts";
import { Box, createDepot, DEADLINE_MS, FETCH_CREDITS, piece, SLOT } from "./fixtures/depot.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { secrets } from "./fixtures/people.ts";

const PATH = "/v1/talk";

function upgraded(box: Box): WorkDone {
  return { status: 101, headers: ["sec-websocket-accept", "x", "upgrade", "y"], body: box };
}

async function talking(stores?: Parameters<typeof createDepot>[1]) {
  const box = new Box();
  const said = new Box();
  const works: Work[] = [];
  const run = (work: Work) => {
    works.push(work);
    return upgraded(box);
  };
  const depot = await createDepot(run, stores);
  const upgrade: Upgrade = { protocol: "websocket", bytes: said };
  const answer = await depot.fetch({ path: PATH, key: secrets.pro, upgrade });
  return { box, said, depot, works, ...answer };
}

const downAtSettle: NonNullable<Parameters<typeof createDepot>[1]> = (plain) => ({
  ...plain,
  ledger: new Proxy(plain.ledger, {
    get(target, name) {
      if (name === "settle") return () => Promise.reject(new Error("down"));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  }),
});

describe("an upgraded connection", () => {
  it("goes both ways, holds its slot, and is paid before its end leaves", async () => {
    const { box, said, depot, works, status, body } = await talking();
    expect([status, body.length]).toEqual([101, undefined]);
    said.send("hello");
    const heard = await works[0]?.upgrade?.bytes.next();
    expect(new TextDecoder().decode(heard)).toBe("hello");
    box.send("ab");
    expect(await piece(body)).toBe("ab");
    expect(depot.stores.limits.slotsInUse(SLOT)).toBe(1);
    expect(depot.funds()).toMatchObject({ held: FETCH_CREDITS, used: 0 });
    box.end();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(false);
    expect(depot.stores.limits.slotsInUse(SLOT)).toBe(0);
    expect(depot.funds()).toMatchObject({ held: 0, used: FETCH_CREDITS });
    expect(depot.rows()).toMatchObject([{ status: 101, ending: "done", charged: FETCH_CREDITS }]);
  });

  it("ends well at its deadline, and is paid once", async () => {
    const { box, depot, body } = await talking();
    const last = body.next();
    await depot.clock.advance(DEADLINE_MS - 1);
    expect(depot.rows()).toEqual([]);
    await depot.clock.advance(1);
    expect(await last).toBeUndefined();
    expect(body.broken).toBe(false);
    expect(box.cancels).toBeGreaterThan(0);
    expect(depot.funds()).toMatchObject({ held: 0, used: FETCH_CREDITS });
    expect(depot.rows()).toMatchObject([{ status: 101, ending: "done", charged: FETCH_CREDITS }]);
    expect(depot.events).toEqual([]);
  });

  it("that its upstream ends on the stroke of its deadline is paid once, before its end leaves", async () => {
    let settlements = 0;
    let pay = () => {};
    const paid = new Promise<void>((resolve) => {
      pay = resolve;
    });
    const { box, depot, body } = await talking((plain) => ({
      ...plain,
      ledger: new Proxy(plain.ledger, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== "function") return value;
          if (name !== "settle") return value.bind(target);
          return async (...args: unknown[]) => {
            settlements++;
            await paid;
            return value.apply(target, args);
          };
        },
      }),
    }));
    let isOver = false;
    const last = body.next().then((end) => {
      isOver = true;
      return end;
    });
    await depot.clock.advance(DEADLINE_MS);
    box.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect([isOver, settlements]).toEqual([false, 1]);
    pay();
    expect(await last).toBeUndefined();
    expect(settlements).toBe(1);
    expect(depot.rows()).toMatchObject([{ ending: "done", charged: FETCH_CREDITS }]);
  });

  it("that cannot be paid at its deadline breaks off, and keeps its hold for people to look at", async () => {
    const { depot, body } = await talking(downAtSettle);
    const last = body.next();
    await depot.clock.advance(DEADLINE_MS);
    expect(await last).toBeUndefined();
    expect(body.broken).toBe(true);
    expect(depot.rows()).toMatchObject([{ condition: "credits_unavailable" }]);
    expect(depot.funds()).toMatchObject({ held: FETCH_CREDITS, used: 0 });
  });

  it("whose upstream breaks off breaks off, and costs nothing", async () => {
    const { box, depot, body } = await talking();
    box.send("ab");
    await piece(body);
    box.break();
    expect(await piece(body)).toBeUndefined();
    expect(body.broken).toBe(true);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("whose caller leaves is paid also where the upstream has said nothing: it was spoken to", async () => {
    const { box, depot, body, call } = await talking();
    const last = body.next();
    call.abort();
    expect(await last).toBeUndefined();
    expect(box.cancels).toBeGreaterThan(0);
    expect(depot.rows()).toMatchObject([{ status: 499, charged: FETCH_CREDITS }]);
    expect(depot.stores.limits.slotsInUse(SLOT)).toBe(0);
  });

  it("whose caller has gone before it hears of it costs nothing", async () => {
    const { depot, body } = await talking();
    body.cancel();
    await body.next();
    expect(depot.rows()).toMatchObject([{ status: 499, charged: 0 }]);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("has none of the upstream's own headers of its hop", async () => {
    const depot = await createDepot(() => upgraded(new Box()));
    const upgrade: Upgrade = { protocol: "websocket", bytes: new Box() };
    const call = new FakeCall({ path: PATH, key: secrets.pro, upgrade });
    const { headers } = await depot.gate.handle(call);
    expect(headers).toContain("sec-websocket-accept");
    expect(headers).not.toContain("upgrade");
  });
});

describe("an upgrade that nobody may have", () => {
  const offer: Upgrade = { protocol: "websocket", bytes: new Box() };
  it.each([
    ["that was not offered", PATH, undefined],
    ["of an operation that does not allow it", "/v1/anything", offer],
  ])("%s is a fault of the upstream, and costs nothing", async (_, path, upgrade) => {
    const box = new Box();
    const offers: unknown[] = [];
    const depot = await createDepot((work) => {
      offers.push(work.upgrade);
      return upgraded(box);
    });
    const sent = { path, key: secrets.pro, ...(upgrade && { upgrade }) };
    const { code } = await depot.send(sent);
    expect([code, offers, box.cancels > 0]).toEqual(["internal", [undefined], true]);
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("without anything to come is a fault of the upstream, and costs nothing", async () => {
    const depot = await createDepot(() => ({ status: 101, headers: [], body: "" }));
    const { code } = await depot.send({ path: PATH, key: secrets.pro, upgrade: offer });
    expect(code).toBe("internal");
    expect(depot.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("is passed over by an upstream that is a fetch handler: it hears a plain GET", async () => {
    const heard: [string, string | null, string | null][] = [];
    const upstream = fetchUpstream(async (request) => {
      heard.push([request.method, request.headers.get("upgrade"), await request.text()]);
      return Response.json({ plain: true });
    });
    const depot = await createDepot(async (work) => (await upstream.run(work)) as WorkDone);
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    const sent = { path: PATH, key: secrets.pro, upgrade: offer, headers };
    expect(await depot.send(sent)).toMatchObject({ status: 200, json: { plain: true } });
    expect(heard).toEqual([["GET", null, ""]]);
  });

  it("is passed over by the fetch adapter, which has no connection to upgrade", async () => {
    const offers: unknown[] = [];
    const depot = await createDepot((work) => {
      offers.push(work.upgrade);
      return { status: 200, headers: [], body: "plain" };
    });
    const handle = createFetchHandler(depot.gate);
    const headers = { "X-API-Key": secrets.pro, connection: "Upgrade", upgrade: "websocket" };
    const response = await handle(new Request(`http://depot${PATH}`, { headers }));
    expect([response.status, await response.text()]).toEqual([200, "plain"]);
    expect(offers).toEqual([undefined]);
  });
});
