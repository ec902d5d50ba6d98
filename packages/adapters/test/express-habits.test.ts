// What apps do with Express around the gate and behind it, and what becomes of it.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { until } from "@sluice-internal/both-ways/until";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { callerOf, type ExpressAdapterOptions, sluiceExpress } from "sluice/adapter/express";
import { VirtualClock } from "sluice/base";
import { routes } from "sluice/gate";
import { expect, it, onTestFinished } from "vitest";
import { createWorld, DEADLINE_MS, press } from "./contract.ts";
import { type Asked, exchange, get, post } from "./suite.ts";

const open = startStores();

/** An app that the test makes, with the gate where the test puts it. */
async function serve(
  build: (app: Express, gate: ReturnType<typeof sluiceExpress>) => void,
  options: ExpressAdapterOptions = {},
) {
  const clock = new VirtualClock();
  const { stores, close } = await open("memory", clock);
  const world = await createWorld(stores, routes(press, { launch: () => 1 }), clock);
  const app = express().disable("x-powered-by");
  build(app, sluiceExpress(world.gate, options));
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

it("serves a whole API below a path, from a router of its own", async () => {
  const build = (app: Express, gate: ReturnType<typeof sluiceExpress>) => {
    const router = express.Router();
    router.get("/hello", (req, res) => void res.json(callerOf(req).accountId));
    app.use("/api", gate);
    app.use("/api/v1", router);
  };
  const { ask } = await serve(build, { mount: "/api" });
  expect(await ask(get("/api/v1/hello"))).toMatchObject({ status: 200, body: '"pro"' });
  expect(JSON.parse((await ask(get("/api/hello"))).body).error.code).toBe("not_found");
  expect(() => sluiceExpress({} as never, { mount: "api/" })).toThrow(/write it like \/api/);
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

it("tells a route to wait that writes faster than it is read, and when to go on", async () => {
  const text = "0123456789".repeat(300_000);
  const taken: boolean[] = [];
  const { ask } = await serve((app, gate) => {
    app.use(gate);
    app.get("/v1/hello", async (_, res) => {
      for (let i = 0; i < 10; i++) taken.push(res.write(text.slice(0, 9_000)));
      await once(res, "drain");
      await pipeline(Readable.from(text.match(/.{1,9000}/g) ?? []), res);
    });
  });
  expect((await ask(get("/v1/hello"))).body).toBe(text.slice(0, 9_000).repeat(10) + text);
  expect(taken.slice(0, 7)).toEqual(Array(7).fill(true));
  expect(taken.slice(8)).toEqual([false, false]);
});

it("shows a HEAD to a route as the GET that it is, and as a HEAD to everybody else", async () => {
  const seen: unknown[] = [];
  const { ask } = await serve((app, gate) => {
    app.use((req, res, next) => {
      res.on("finish", () => seen.push(req.method));
      next();
    });
    app.use(gate);
    app.get("/v1/hello", (req, res) => {
      seen.push(req.method);
      res.json({});
    });
  });
  expect(await ask({ method: "HEAD", path: "/v1/hello" })).toMatchObject({ status: 200, body: "" });
  await until(() => seen.length === 2);
  expect(seen).toEqual(["GET", "HEAD"]);
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
  const [res] = late as [Response];
  const canGoOn = once(res, "drain");
  res.status(200).set("X-Late", "1").write("x".repeat(100_000));
  await canGoOn;
  res.write("more");
  res.end();
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
