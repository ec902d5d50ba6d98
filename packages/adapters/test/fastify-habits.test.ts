// What apps do with Fastify around the gate and behind it, and what becomes of it.

import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import fastify, { type FastifyInstance } from "fastify";
import { callerOf, type FastifyAdapterPlugin, sluiceFastify } from "sluice/adapter/fastify";
import { VirtualClock } from "sluice/base";
import { routes } from "sluice/gate";
import { expect, it, onTestFinished } from "vitest";
import { createWorld, press } from "./contract.ts";
import { type Asked, exchange, get, post } from "./suite.ts";

const open = startStores();

/** An app that the test makes, with the gate where the test puts it. */
async function serve(build: (app: FastifyInstance, sluice: FastifyAdapterPlugin) => void) {
  const clock = new VirtualClock();
  const { stores, close } = await open("memory", clock);
  const world = await createWorld(stores, routes(press, { launch: () => 1 }), clock);
  const app = fastify();
  build(app, sluiceFastify(world.gate));
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await close();
  });
  const port = Number(new URL(url).port);
  const ask = (asked: Asked, key = world.keys.pro) =>
    exchange(port, { ...asked, headers: { ...asked.headers, "x-api-key": key } });
  return { ...world, ask };
}

it("stands before all of an app, paths that it does not know included", async () => {
  const { ask } = await serve((app, sluice) => {
    app.register(sluice);
    app.get("/v1/hello", async (request) => callerOf(request).accountId);
  });
  expect(await ask(get("/v1/hello"))).toMatchObject({ status: 200, body: "pro" });
  expect(JSON.parse((await ask(get("/elsewhere"))).body).error.code).toBe("not_found");
  expect((await ask({ method: "HEAD", path: "/v1/hello" })).status).toBe(200);
});

it("lets headers that were set before the gate stand, on answers and on refusals", async () => {
  const { ask } = await serve((app, sluice) => {
    app.addHook("onRequest", async (_, reply) => void reply.header("x-frame-options", "DENY"));
    app.register(sluice);
    app.get("/v1/hello", async () => "hello");
  });
  expect((await ask(get("/v1/hello"))).header("x-frame-options")).toBe("DENY");
  const refused = await ask(get("/v1/hello"), "nonsense");
  expect(refused).toMatchObject({ status: 401 });
  expect(refused.header("x-frame-options")).toBe("DENY");
});

it("lets hooks behind the gate change what a route sends, before it is settled", async () => {
  const { ask } = await serve((app, sluice) => {
    app.register(sluice);
    app.addHook("onSend", async (_request, _reply, payload) => `${payload}!`);
    app.get("/v1/hello", async () => "hello");
  });
  expect((await ask(get("/v1/hello"))).body).toBe("hello!");
});

it("holds a route's body against the route's own schema, too, and folds what its error handler says", async () => {
  const { ask, credits } = await serve((app, sluice) => {
    app.register(sluice);
    app.setErrorHandler((_, __, reply) => reply.code(409).send({ field: "text" }));
    const text = { type: "string", maxLength: 3 };
    const schema = { body: { type: "object", properties: { text } } };
    app.post("/v1/prints", { schema }, async (request) => request.body);
  });
  expect(await ask(post("/v1/prints", { text: "abc" }))).toMatchObject({
    status: 200,
    body: '{"text":"abc","copies":1}',
  });
  const { status, body } = await ask(post("/v1/prints", { text: "abcd" }));
  expect({ status, ...JSON.parse(body).error }).toMatchObject({ status: 409, param: "text" });
  expect(await credits()).toMatchObject({ held: 0, used: 10 });
});

it("holds back what a route writes past Fastify, on the response itself", async () => {
  const { ask } = await serve((app, sluice) => {
    app.register(sluice);
    app.get("/v1/hello", (_, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, ["Content-Type", "text/plain", "X-Request-Id", "mine"]);
      reply.raw.write("by ");
      reply.raw.end("hand");
    });
  });
  const answered = await ask(get("/v1/hello"));
  expect(answered).toMatchObject({ status: 200, body: "by hand" });
  expect(answered.header("x-request-id")).not.toBe("mine");
});
