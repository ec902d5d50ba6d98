// The API that is called while unit costs are measured: one operation that is free, one that costs a credit.

import { defineApi, defineWire, fixed, standard } from "sluice";

export const ACCOUNT = "measured";
/** What all keys in Redis begin with, and are found by in the end. */
export const PREFIX = "sluice-measured";
export const PEPPER: Uint8Array = new Uint8Array(32).fill(9);
/** More than any load asks for. */
const LIMIT = 1_000_000;

const wire = defineWire({
  ...standard.wire,
  about: { title: "Measured" },
  basePath: "/v1",
  key: {
    prefixes: { live: "measured_live_" },
    alphabet: "base62",
    length: 32,
    places: [{ header: "X-API-Key" }],
  },
  plans: ["only"],
  windows: { requests: { per: "key", limit: LIMIT, windowMs: 1_000 } },
  operations: {
    look: { method: "GET", path: "/look", summary: "Looks." },
    make: { method: "GET", path: "/make", summary: "Makes something." },
  },
});

export const measuredApi = defineApi(
  wire,
  {
    plans: { only: { title: "Only" } },
    limitsDown: "closed",
    operations: { look: {}, make: { price: fixed(1) } },
  },
  standard.pages,
);
