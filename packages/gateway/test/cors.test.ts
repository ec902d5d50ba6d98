// Pages of other origins behind a gateway: its answers about them hold for operations, open paths, streams and refusals alike.

import { describe, expect, it } from "vitest";
import type { ApiSettings } from "../src/index.ts";
import { apiAt, running, settingsFor, startPlain } from "./fixtures/bureau.ts";

const PAGE = "https://app.example";
const cors = { origins: [PAGE] };
const open = [{ path: "/docs/{page*}" }];
const page = { Origin: PAGE };
const preflight = { ...page, "Access-Control-Request-Method": "PUT" };

async function gateAt(url: string, more: Partial<ApiSettings>) {
  const around = await running(settingsFor([apiAt(url, { open, ...more })]));
  return { ...around, from: (path: string, init?: RequestInit) => fetch(around.url + path, init) };
}

const allowed = ({ headers }: Response) => headers.get("access-control-allow-origin");

describe("a gateway whose API pages may call", () => {
  it("answers what a browser asks first by itself, behind a catch-all and on an open path", async () => {
    let asked = 0;
    const { url } = await startPlain((_, response) => response.end(String(++asked)));
    const { from, gateway } = await gateAt(url, { cors });
    for (const path of ["/any/thing", "/buy", "/docs/a"]) {
      const response = await from(path, { method: "OPTIONS", headers: preflight });
      expect([path, response.status, allowed(response)]).toEqual([path, 204, PAGE]);
      expect(response.headers.get("access-control-allow-methods")).toContain("PUT");
    }
    expect(asked).toBe(0);
    expect(await gateway.stores.log.find({ limit: 10 })).toEqual([]);
  });

  it("lets its answers, refusals and open paths be read, and its upstream say nothing of that", async () => {
    const { url } = await startPlain((_, response) => {
      response.setHeader("Access-Control-Allow-Origin", "https://inner.example");
      response.end("done");
    });
    const { ask, from } = await gateAt(url, { cors });
    const answers = [await ask("/a", { headers: page }), await from("/a", { headers: page })];
    answers.push(await from("/docs/a", { headers: page }));
    expect(answers.map((answer) => [answer.status, allowed(answer)])).toEqual([
      [200, PAGE],
      [401, PAGE],
      [200, PAGE],
    ]);
  });

  it("lets pages read why an upstream gave no answer, on both ways", async () => {
    const { ask, from } = await gateAt("http://127.0.0.1:1", { cors });
    for (const answer of [
      await ask("/a", { headers: page }),
      await from("/docs/a", { headers: page }),
    ]) {
      expect([answer.status, allowed(answer)]).toEqual([503, PAGE]);
      expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
    }
  });

  it("lets a stream be read from its head on, event by event", async () => {
    let end = () => {};
    const { url } = await startPlain((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: 1\n\n");
      end = () => response.end("data: 2\n\n");
    });
    const { ask } = await gateAt(url, { cors });
    const answer = await ask("/events", { headers: page });
    expect(allowed(answer)).toBe(PAGE);
    end();
    expect(await answer.text()).toBe("data: 1\n\ndata: 2\n\n");
  });

  it("does so from the next request after a reload on, below its mount", async () => {
    const { url } = await startPlain();
    const { from, gateway } = await gateAt(url, { mount: "/v1" });
    const ask = async () => (await from("/v1/a", { method: "OPTIONS", headers: preflight })).status;
    expect(await ask()).toBe(401);
    gateway.reload(settingsFor([apiAt(url, { open, mount: "/v1", cors })]));
    expect(await ask()).toBe(204);
  });
});

describe("a gateway whose API no page may call", () => {
  it("refuses such a question as it refuses any request, and leaves open paths to their upstream", async () => {
    const { url } = await startPlain((request, response) => {
      response.setHeader("Access-Control-Allow-Origin", "https://inner.example");
      response.writeHead(request.method === "OPTIONS" ? 204 : 200).end();
    });
    const { ask, from } = await gateAt(url, {});
    const init = { method: "OPTIONS", headers: preflight };
    const asked = [await from("/a", init), await ask("/a", init), await from("/docs/a", init)];
    expect(asked.map((answer) => [answer.status, allowed(answer)])).toEqual([
      [401, null],
      [405, null],
      [204, "https://inner.example"],
    ]);
  });
});
