/** A transport that answers at once: what a call costs of itself, without any `fetch` and its `Response`. */
import { wire } from "@sluice-apis/mavera/contract";
import { createClient, type Transport } from "sluice/client";
import { KEY, type Peer } from "../peer.ts";
import { optionsOf } from "./sluice.ts";

const HEADERS = new Map([
  ["content-type", "application/json"],
  ["x-ratelimit-limit", "10000000"],
  ["x-ratelimit-remaining", "9999999"],
  ["x-ratelimit-reset", "60"],
]);

const stub: Transport = async () => ({
  status: 200,
  header: (name) => HEADERS.get(name) ?? null,
  headers: () => HEADERS,
  stream: null,
  text: async () => "{}",
});

const REQUEST = {
  method: "GET",
  url: "https://api.acme.test/v1/workspaces",
  headers: { authorization: `Bearer ${KEY}` },
  body: undefined,
};

/** The floor: asked, and its body read. */
export const stubAlone: Peer = {
  name: "the stubbed transport alone",
  isBound: true,
  knows: "nothing",
  open: () => {
    const { signal } = new AbortController();
    return {
      send: async () => JSON.parse((await (await stub({ ...REQUEST, signal })).text?.(1)) ?? ""),
    };
  },
};

/** Every policy on, as it comes. */
export const sluiceOnStub: Peer = {
  name: "sluice, typed, stubbed transport",
  isOurs: true,
  league: "no Response",
  knows: "limit and headers",
  open: (needs) => {
    const options = { ...optionsOf(needs), transport: stub, plan: "starter" };
    const client = createClient(wire, options);
    return { send: () => client.call("listWorkspaces", {}), close: () => client.close() };
  },
};
