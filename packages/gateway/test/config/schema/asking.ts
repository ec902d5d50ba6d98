// A gate in front of nothing, with one operation whose body or query is checked by a schema: what does it answer?

import { defineApi, defineWire, type Schema, standard } from "sluice";
import { createFetchHandler } from "sluice/adapter/fetch";
import { createGate, handlers, reply } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { z } from "zod";

export interface Said {
  readonly status: number;
  readonly code?: string;
  readonly param?: string | null;
  readonly message?: string;
  /** What came through to the handler. */
  readonly input?: unknown;
}

type Ask = (sent: { readonly body?: string; readonly query?: string }) => Promise<Said>;

export async function asking(schemas: { body?: Schema; query?: Schema }): Promise<Ask> {
  const api = defineApi(
    defineWire({
      ...standard.wire,
      about: { title: "Asking" },
      basePath: "",
      key: { prefixes: { live: "ask_" }, alphabet: "hex", length: 24, places: [{ bearer: true }] },
      plans: ["all"],
      windows: { requests: { per: "key", limit: 1_000_000, windowMs: 1_000 } },
      operations: { ask: { method: "POST", path: "/ask", summary: "Asks." } },
    }),
    {
      plans: { all: { title: "All" } },
      operations: {
        ask: { body: schemas.body ?? z.unknown(), query: schemas.query ?? z.unknown() },
      },
    },
    standard.pages,
  );
  const stores = createMemoryStores();
  const upstream = handlers(api, { ask: ({ body, query }) => reply({ body, query }) });
  const gate = createGate(api, { stores, upstream, pepper: new Uint8Array(32) });
  const change = { by: "test", atMs: 0 };
  const account = { id: "a", name: "a", plan: "all", subscription: "active" } as const;
  await stores.directory.putAccount(account, change);
  const { secret } = await gate.keys.create({ accountId: "a", name: "k", by: "test" });
  const fetch = createFetchHandler(gate);
  return async ({ body = "{}", query = "" }) => {
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const request = new Request(`http://gate/ask${query}`, { method: "POST", headers, body });
    const response = await fetch(request);
    const answer = (await response.json()) as { error?: Said };
    if (answer.error === undefined) return { status: response.status, input: answer };
    const { code, param, message } = answer.error;
    return { status: response.status, code, param, message } as Said;
  };
}
