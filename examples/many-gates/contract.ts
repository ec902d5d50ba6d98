// A small API: one operation for a credit a call, sixty calls a minute.

import { defineApi, defineWire, fixed, monthly, standard } from "sluice";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
});

export const api = defineApi(
  wire,
  {
    plans: { free: { title: "Free", allowance: { credits: 1_000, reset: monthly } } },
    operations: { hello: { price: fixed(1) } },
    // What happens to rate limits while Redis is away; credits always wait for the database.
    limitsDown: "local",
  },
  standard.pages,
);
