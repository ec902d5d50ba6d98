/** What Unkey kept with each key, said once for the API: key format, limit, credits a month, price. */
import { defineApi, defineWire, fixed, monthly, standard } from "sluice";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: {
    prefixes: { live: "acme_" },
    alphabet: "base62",
    length: 38,
    checksum: "crc32",
    places: [{ bearer: true }],
  },
  plans: ["starter"],
  windows: { requests: { per: "key", limit: 10, windowMs: 60_000 } },
  operations: {
    render: { method: "POST", path: "/renders", summary: "Renders.", idempotency: true },
  },
});

export const api = defineApi(
  wire,
  {
    plans: { starter: { title: "Starter", allowance: { credits: 1_000, reset: monthly } } },
    operations: { render: { price: fixed(5) } },
  },
  standard.pages,
);
