// What apps do with Hono around the gate and behind it, and what becomes of it.

import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { Hono } from "hono";
import { callerOf, sluiceHono } from "sluice/adapter/hono";
import { VirtualClock } from "sluice/base";
import { routes } from "sluice/gate";
import { expect, it } from "vitest";
import { createWorld, press } from "./contract.ts";

const open = startStores();

/** An app that the test makes, with the gate where the test puts it. */
async function serve(build: (app: Hono, gate: ReturnType<typeof sluiceHono>) => void) {
  const clock = new VirtualClock();
  const { stores } = await open("memory", clock);
  const world = await createWorld(stores, routes(press, { launch: () => 1 }), clock);
  const app = new Hono();
  build(app, sluiceHono(world.gate));
  const ask = async (path: string, key = world.keys.pro) =>
    app.request(path, { headers: { "x-api-key": key } });
  return { ...world, ask };
}

it("lets headers that were set before the gate stand, on answers and on refusals", async () => {
  const { ask } = await serve((app, gate) => {
    app.use(async (c, next) => {
      c.header("X-Frame-Options", "DENY");
      c.header("X-Request-Id", "theirs");
      await next();
    });
    app.use(gate);
    app.get("/v1/hello", (c) => c.json({ hello: callerOf(c).accountId }));
    app.get("/v1/notes/:id", (c) => c.json({ field: "x" }, 409));
  });
  for (const [path, status] of [
    ["/v1/hello", 200],
    ["/v1/notes/note_1", 409],
    ["/v1/x", 404],
  ] as const) {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}-/);
  }
});

it("shows middleware before the gate the request that came and the answer that leaves", async () => {
  const seen: unknown[] = [];
  const { ask, keys } = await serve((app, gate) => {
    app.use(async (c, next) => {
      await next();
      seen.push([c.res.status, c.req.header("x-api-key")]);
      c.header("X-Late", "1");
    });
    app.use(gate);
    app.get("/v1/hello", (c) => c.json({}, 409));
  });
  const answer = await ask("/v1/hello");
  expect(answer.headers.get("x-late")).toBe("1");
  expect(seen).toEqual([[409, keys.pro]]);
});

it("serves the routes of an app within an app, and folds what its error handler says", async () => {
  const { ask, events } = await serve((app, gate) => {
    app.use("/v1/*", gate);
    const v1 = new Hono();
    v1.use(async (_, next) => next());
    v1.get("/hello", (c) => c.text(callerOf(c).accountId));
    v1.get("/notes/:id", () => {
      throw new Error("taken");
    });
    v1.onError((_, c) => c.json({ field: "title" }, 409));
    app.route("/v1", v1);
  });
  expect(await (await ask("/v1/hello")).text()).toBe("pro");
  const refused = await ask("/v1/notes/note_1");
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ error: { param: "title" } });
  expect(events).toEqual([]);
});

it("tells the operator of a missing route, whatever middleware stands before it", async () => {
  const { ask, events } = await serve((app, gate) => {
    app.use(gate);
    app.use(async (_, next) => next());
  });
  expect((await ask("/v1/hello")).status).toBe(500);
  expect(String(events[0]?.kind === "fault" && events[0].error)).toContain("no route answers");
});
