/** After: the contract says what may be repeated, when, and what an error means. */
import { defineWire, standard } from "sluice";
import { createClient } from "sluice/client";

export const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 600, windowMs: 60_000 } },
  operations: {
    hello: { method: "GET", path: "/hello", summary: "Says hello." },
    note: { method: "POST", path: "/notes", summary: "Keeps a note.", idempotency: true },
  },
});

export function createCaller(baseUrl: string, apiKey: string) {
  const client = createClient(wire, { apiKey, baseUrl });
  return {
    hello: () => client.call("hello", {}),
    // Repeated under an Idempotency-Key that the client adds, since the contract takes one here.
    note: (text: string) => client.call("note", { body: { text } }),
  };
}
