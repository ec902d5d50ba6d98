// What apps do with Express around the gate and behind it, and what becomes of it.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { until } from "@sluice-internal/both-ways/until";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { callerOf, sluiceExpress } from "sluice/adapter/express";
import { VirtualClock } from "sluice/base";
import { routes } from "sluice/gate";
import { expect, it, onTestFinished } from "vitest";
import { createWorld, DEADLINE_MS, press } from "./contract.ts";
import { type Asked, exchange, get, post } from "./suite.ts";

const open = startStores();

/** An app that the test makes, with the gate where the test puts it. */
async function serve(build: (app: Express, gate: ReturnType<typeof sluiceExpress>) => void) {
  const clock = new VirtualClock();
  const { stores, close } = await open("memory", clock);
  const world = await createWorld(stores, routes(press, { launch: () => 1 }), clock);
  const app = express().disable("x-powered-by");
  build(app, sluiceExpress(world.gate));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await close();
  });
  const ask = (asked: Asked, key = world.keys.pro) =>
    exchange(port, { ...asked, headers: { ...asked.headers, "x-api-key": key } });
  return { ...world, clock, ask };
}

it("lets headers that were set before the gate stand, on answers and on refusals", async () => {
  const { ask } = await serve((app, gate) => {
    app.use((_, res, next) => {
      res.set({ "X-Frame-Options": "DENY", "X-Request-Id": "theirs", "X-Gone": "1" });
      next();
    });
    app.use(gate);
    app.get("/v1/hello", (_, res) => {
      res.removeHeader("X-Gone");
      res.append("X-Frame-Options", "SAMEORIGIN").json({});
    });
  });
  const answered = await ask(get("/v1/hello"));
  expect(answered.headers.join()).toContain("x-frame-options: DENY,x-frame-options: SAMEORIGIN");
  expect(answered.header("x-gone")).toBeUndefined();
  expect(answered.header("x-request-id")).toMatch(/^[0-9a-f]{8}-/);
  const refused = await ask(get("/v1/hello"), "nonsense");
  expect(refused.header("x-frame-options")).toBe("DENY");
  expect(refused.header("x-request-id")).toMatch(/^[0-9a-f]{8}-/);
});

it('lets middleware behind the gate change a response as it begins, as "on-headers" does', async () => {
  const { ask } = await serve((app, gate) => {
    app.use(gate);
    app.use((_, res, next) => {
      const { writeHead } = res;
      res.writeHead = ((...told: Parameters<Response["writeHead"]>) => {
        res.setHeader("X-Late", String(res.statusCode));
        return writeHead.apply(res, told);
      }) as Response["writeHead"];
      next();
    });
    app.get("/v1/hello", (_, res) => void res.status(202).json({ hello: 1 }));
  });
  expect(await ask(get("/v1/hello"))).toMatchObject({ status: 202, body: '{"hello":1}' });
  expect((await ask(get("/v1/hello"))).header("x-late")).toBe("202");
});

it('lets middleware behind the gate change a body, as "compression" does, once', async () => {
  const { ask } = await serve((app, gate) => {
    app.use(gate);
    app.use((_, res, next) => {
      const { end } = res;
      let isOver = false;
      res.end = ((chunk: unknown) => {
        if (isOver) return res;
        isOver = true;
        return end.call(res, String(chunk).toUpperCase(), "utf8");
      }) as Response["end"];
      next();
    });
    app.get("/v1/hello", (_, res) => void res.send("hello"));
  });
  expect(await ask(get("/v1/hello"))).toMatchObject({ status: 200, body: "HELLO" });
});

it("shows a route the response as its own, and those who wait for its end the answer that left", async () => {
  const seen: unknown[] = [];
  const { ask } = await serve((app, gate) => {
    app.use((_, res, next) => {
      res.on("finish", () => seen.push([res.statusCode, res.getHeader("x-seen")]));
      next();
    });
    app.use(gate);
    app.get("/v1/hello", (_, res) => {
      seen.push([res.headersSent, res.writableEnded]);
      res.set("X-Seen", "1").status(409).json({ field: "x" });
      seen.push([res.headersSent, res.writableEnded]);
      expect(() => res.setHeader("X-Later", "1")).toThrow(/after they are sent/);
    });
  });
  expect((await ask(get("/v1/hello"))).status).toBe(409);
  await until(() => seen.length === 3);
  expect(seen).toEqual([
    [false, false],
    [true, true],
    [409, undefined],
  ]);
});

it("folds what an error handler of the app answers", async () => {
  const { ask, events } = await serve((app, gate) => {
    app.use(gate);
    app.get("/v1/hello", async () => {
      throw Object.assign(new Error("taken"), { field: "title" });
    });
    const onError: ErrorRequestHandler = (error: { field: string }, _req, res, _next) => {
      res.status(409).json({ field: error.field });
    };
    app.use(onError);
  });
  const { status, body } = await ask(get("/v1/hello"));
  expect({ status, ...JSON.parse(body).error }).toMatchObject({ status: 409, param: "title" });
  expect(events).toEqual([]);
});

it("tells a route to wait that writes faster than its caller reads", async () => {
  const text = "0123456789".repeat(300_000);
  const { ask } = await serve((app, gate) => {
    app.use(gate);
    app.get("/v1/hello", async (_, res) => {
      res.type("text/plain");
      await pipeline(Readable.from(text.match(/.{1,9000}/g) ?? []), res);
    });
  });
  expect((await ask(get("/v1/hello"))).body).toBe(text);
});

it("swallows what a route writes after its deadline, and leaves the connection alone", async () => {
  const late: Response[] = [];
  const { ask, clock } = await serve((app, gate) => {
    app.use(gate);
    app.post("/v1/waits", (_, res) => void late.push(res));
    app.get("/v1/hello", (req, res) => void res.json(callerOf(req).accountId));
  });
  const waiting = ask(post("/v1/waits", { text: "x" }));
  await until(() => late.length === 1);
  await clock.advance(DEADLINE_MS);
  expect((await waiting).status).toBe(504);
  const [res] = late;
  res?.status(200).set("X-Late", "1").json({ late: true });
  res?.write("more");
  res?.end();
  expect(await ask(get("/v1/hello"))).toMatchObject({ status: 200, body: '"pro"' });
});

it("says so where a request did not come through the gate", async () => {
  let said: unknown;
  const { ask } = await serve((app) => {
    app.get("/v1/hello", (req, res) => {
      try {
        callerOf(req);
      } catch (error) {
        said = error;
      }
      res.end();
    });
  });
  await ask(get("/v1/hello"));
  expect(String(said)).toContain("mount it before the route");
});
