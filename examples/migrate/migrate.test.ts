// What the guides show is what runs here: before and after by the same calls, and both at once where keys are traded in.

import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { startExample } from "@sluice-internal/adapters/example-program";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { openUpstashDoor } from "@sluice-internal/test-servers/upstash";
import type { RequestHandler } from "express";
import { isApiError } from "sluice/client";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createCaller as callerAfter } from "./p-retry-and-cockatiel/after.ts";
import { createCaller as callerBefore } from "./p-retry-and-cockatiel/before.ts";
import { createBoth } from "./unkey/both.ts";
import { api } from "./unkey/contract.ts";

/** Twelve calls of one key, of which ten may pass. */
async function twelveCalls(file: string, path: string, variables: Record<string, string> = {}) {
  const program = new URL(file, import.meta.url);
  const { origin, headers, stop } = await startExample(program, variables);
  onTestFinished(stop);
  const answers = [];
  for (let call = 0; call < 12; call++) answers.push(await fetch(origin + path, { headers }));
  return answers.map(({ status, headers }) => {
    const told = headers.get("retry-after");
    // How long is left of a window depends on when it began; that somebody is told does not.
    return told === null ? status : `${status}, ${Number(told) >= 1 && Number(told) <= 60}`;
  });
}

const TEN_OF_TWELVE = [...Array(10).fill(200), "429, true", "429, true"];

describe("from express-rate-limit", () => {
  it.each(["before", "limiter", "after"])(
    "%s lets ten a minute in, and says when",
    async (name) => {
      expect(await twelveCalls(`express-rate-limit/${name}.ts`, "/v1/hello")).toEqual(
        TEN_OF_TWELVE,
      );
    },
  );

  it("shows before the change whom it would refuse", async () => {
    const program = new URL("express-rate-limit/shadow.ts", import.meta.url);
    const { origin, headers, said, stop } = await startExample(program, { NEXT_LIMIT: "8" });
    onTestFinished(stop);
    const statuses = [];
    for (let call = 0; call < 11; call++) {
      statuses.push((await fetch(`${origin}/v1/hello`, { headers })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
    await vi.waitFor(() => expect(said().match(/newly_refused acct_1/g)).toHaveLength(2), 5_000);
  });
});

describe("from @upstash/ratelimit", () => {
  it("lets ten a minute in before and after", async () => {
    const redis = await startRedis();
    const door = await openUpstashDoor(redis.port);
    onTestFinished(async () => {
      await door.close();
      await redis.stop();
    });
    const address = { UPSTASH_REDIS_REST_URL: door.url, UPSTASH_REDIS_REST_TOKEN: "any" };
    const before = { ...address, UPSTASH_PLAIN: "yes" };
    const passed = await twelveCalls("upstash-ratelimit/before.ts", "/", before);
    // Its windows are the clock's: one may end between two calls.
    expect(passed.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
    const after = { REDIS_URL: `redis://127.0.0.1:${redis.port}` };
    expect(await twelveCalls("upstash-ratelimit/after.ts", "/", after)).toEqual(TEN_OF_TWELVE);
  });
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("from Unkey", () => {
  it("serves the same call without asking anybody, and refuses one without a key", async () => {
    const { origin, headers, stop } = await startExample(
      new URL("unkey/after.ts", import.meta.url),
    );
    onTestFinished(stop);
    const answer = await fetch(`${origin}/v1/renders`, { method: "POST", headers });
    expect(await answer.json()).toEqual({ renderedFor: "acct_1" });
    const refused = await fetch(`${origin}/v1/renders`, { method: "POST" });
    expect(await refused.json()).toMatchObject({ error: { code: "missing_key" } });
  });

  it("serves both kinds of keys, and trades one in for the other with what was left on it", async () => {
    const left = new Map([["sk_old", 120]]);
    const requireKey: RequestHandler = (req, res, next) => {
      const key = req.get("authorization")?.slice("Bearer ".length) ?? "";
      res.locals["account"] = "user_1";
      if (left.has(key)) next();
      else res.status(401).json({ error: "NOT_FOUND" });
    };
    const stores = createMemoryStores();
    const app = createBoth(stores, new Uint8Array(32).fill(1), {
      requireKey,
      find: async (key) => {
        const credits = left.get(key);
        return credits === undefined ? undefined : { id: key, owner: "user_1", credits };
      },
      end: async (id) => void left.delete(id),
    });
    const origin = await listen(app);
    const ask = async (path: string, key: string) => {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(origin + path, { method: "POST", headers });
      return { status: answer.status, body: (await answer.json()) as { key?: string } };
    };
    const served = { status: 200, body: { renderedFor: "user_1" } };
    expect(await ask("/v1/renders", "sk_old")).toEqual(served);
    const { key = "" } = (await ask("/trade-in", "sk_old")).body;
    expect(await ask("/v1/renders", key)).toEqual(served);
    expect((await ask("/v1/renders", "sk_old")).status).toBe(401);
    expect((await ask("/trade-in", "sk_old")).status).toBe(401);
    expect((await ask("/trade-in", key)).status).toBe(401);
    const [grant] = await stores.ledger.grants("user_1", { limit: 10 }, Date.now());
    expect(grant).toMatchObject({ amount: 120 });
    const { allowance } = api.server.plans.starter;
    const funds = { accountId: "user_1", allowance };
    // A month's thousand and what was left, less one render here; those there were paid there.
    expect(stores.ledger.balance(funds, Date.now())).toMatchObject({ remaining: 1_115, held: 0 });
  });
});

describe("from p-retry and cockatiel", () => {
  const KEY = `acme_${"a".repeat(32)}`;

  /** What a server gets to do by script; the last is done from then on. */
  async function played(script: RequestListener[], act: (baseUrl: string) => Promise<unknown>) {
    let requests = 0;
    const origin = await listen((request, response) => {
      const turn = script[Math.min(requests++, script.length - 1)];
      request.resume().once("end", () => turn?.(request, response));
    });
    const answer = await act(`${origin}/v1`).catch((error: unknown) => error);
    return { requests, answer };
  }
  const says =
    (status: number, body: unknown): RequestListener =>
    (_, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
  const refuses = (status: number, code: string) =>
    says(status, { error: { message: "No.", type: "error", param: null, code } });
  const callers = [callerBefore, callerAfter];

  it("repeats a GET that failed, before and after", async () => {
    for (const create of callers) {
      const script = [refuses(503, "unavailable"), says(200, { hello: "you" })];
      const { requests, answer } = await played(script, (url) => create(url, KEY).hello());
      expect([requests, answer]).toEqual([2, { hello: "you" }]);
    }
  });

  it("asks once where money is what is missing; only after has words for it", async () => {
    const [before, after] = await Promise.all(
      callers.map((create) =>
        played([refuses(402, "credits_exhausted")], (url) => create(url, KEY).hello()),
      ),
    );
    expect([before?.requests, after?.requests]).toEqual([1, 1]);
    expect(String(before?.answer)).toContain("HTTP 402");
    expect(isApiError(after?.answer) && after.answer.action).toBe("top_up");
  });

  it("asks three times where a 429 means money and nobody says so; after asks once", async () => {
    const script = [refuses(429, "credits_exhausted")];
    const [before, after] = await Promise.all(
      callers.map((create) => played(script, (url) => create(url, KEY).hello())),
    );
    expect([before?.requests, after?.requests]).toEqual([3, 1]);
  });

  it("brings the answer of a POST whose connection broke, after; before, nobody knows", async () => {
    for (const create of callers) {
      const kept = new Set<string>();
      let notes = 0;
      /** Nothing is kept twice under one key. */
      const keep = (key: unknown) => {
        if (typeof key !== "string" || !kept.has(key)) notes++;
        kept.add(String(key));
      };
      const lose: RequestListener = ({ headers }, response) => {
        keep(headers["idempotency-key"]);
        response.destroy();
      };
      const answers: RequestListener = (request, response) => {
        keep(request.headers["idempotency-key"]);
        says(201, { note: notes })(request, response);
      };
      const { answer } = await played([lose, answers], (url) => create(url, KEY).note("a"));
      expect([notes, answer instanceof Error]).toEqual([1, create === callerBefore]);
    }
  });
});

describe("a guide", () => {
  const guides = readdirSync(new URL("../../docs", import.meta.url))
    .filter((name) => name.startsWith("from-") && name !== "from-one-machine-to-many.md")
    .map((name) => [name, readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8")]);
  const scoreboard = readFileSync(new URL("../../bench/CORRECTNESS.md", import.meta.url), "utf8");

  it("stands for each of the four", () => {
    expect(guides).toHaveLength(4);
  });

  it.each(guides)("%s shows code that stands in the programs", (name = "", page = "") => {
    const folder = new URL(`${name.slice("from-".length, -".md".length)}/`, import.meta.url);
    const programs = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const blocks = [...page.matchAll(/^( *)```ts\n([\s\S]*?)^\1```$/gm)].map(
      ([, , code = ""]) => code,
    );
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    const squeezed = (text: string) => text.replaceAll(/^\s+/gm, "");
    for (const block of blocks) {
      // What is left out between two parts is three dots.
      for (const part of block.split(/^\s*\/\/ …\n/m)) {
        const isShown = programs.some((program) => squeezed(program).includes(squeezed(part)));
        expect([isShown, part]).toEqual([true, part]);
      }
    }
  });

  it.each(guides)("%s links to rows that there are", (_, page = "") => {
    const links = [...page.matchAll(/bench\/CORRECTNESS\.md#([a-z0-9-]+)/g)].map(([, at]) => at);
    expect(links.length).toBeGreaterThan(0);
    for (const at of links) expect(scoreboard).toContain(`](#${at})`);
  });
});
