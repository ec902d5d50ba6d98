// The metered API as the README tells of it: what streams is charged by its last event, a job by its report.

import { readFileSync } from "node:fs";
import { createFetchHandler } from "sluice/adapter/fetch";
import { beforeAll, describe, expect, it } from "vitest";
import { filmEnded, gate, stores } from "./gate.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const handle = createFetchHandler(gate);
let key = "";

beforeAll(async () => {
  const change = { by: "test", atMs: gate.clock.wallMs() };
  const account = { id: "acct_1", name: "First", plan: "pro", subscription: "active" } as const;
  await stores.directory.putAccount(account, change);
  key = (await gate.keys.create({ accountId: "acct_1", name: "one", by: "test" })).secret;
});

function post(path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  return handle(new Request(`http://studio.test${path}`, request));
}

function used(): number {
  const { allowance } = gate.api.server.plans["pro"] ?? {};
  return stores.ledger.balance({ accountId: "acct_1", allowance }, gate.clock.wallMs()).used;
}

describe("the metered API", () => {
  it("is what the README shows", () => {
    for (const [name, from, to] of [
      ["contract.ts", "      // Holds 10 credits", "    },\n  },\n  standard.pages"],
      ["gate.ts", "async function* words", "\n\nexport const stores"],
      ["gate.ts", "    tell: ({ body })", "\n  }),\n});"],
    ] as const) {
      const source = readFileSync(new URL(name, import.meta.url), "utf8");
      const start = source.indexOf(from);
      const shown = source.slice(start, source.indexOf(to, start));
      const indent = /^ */.exec(shown)?.[0] ?? "";
      expect(readme).toContain(shown.replaceAll(new RegExp(`^${indent}`, "gm"), "").trimEnd());
    }
  });

  it("charges a story by its last event", async () => {
    const story = await (await post("/v1/stories", { prompt: "a cat" })).text();
    expect(story.match(/event: story.word/g)).toHaveLength(5);
    expect(story).toContain('event: story.completed\ndata: {"credits":5}');
    expect(used()).toBe(5);
  });

  it("charges a film by the report of its end, and nothing where it failed", async () => {
    const foreign = await post("/v1/films", { prompt: "a cat", workspace_id: "ws_other" });
    expect(foreign.status).toBe(404);
    const { id } = (await (await post("/v1/films", { prompt: "a cat" })).json()) as { id: string };
    expect(used()).toBe(5);
    await filmEnded(id, 3);
    expect(used()).toBe(65);
    const other = (await (await post("/v1/films", { prompt: "a dog" })).json()) as { id: string };
    await filmEnded(other.id, undefined);
    expect(used()).toBe(65);
  });

  it("lets three films run at once", async () => {
    const statuses = [];
    for (let n = 0; n < 4; n++)
      statuses.push((await post("/v1/films", { prompt: "a cat" })).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
  });
});
