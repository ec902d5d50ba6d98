/** The API that our gates guard in traces about credits, slots and keys. */
import { defineApi, defineWire, fixed, monthly, standard } from "sluice";
import { z } from "zod";

export const CREDITS = 100;
export const PRICE = 5;
export const PLACES = 50;
export const SLOTS = 2;
export const DEADLINE_MS = 200;

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: PLACES, windowMs: 60_000 } },
  slots: { renders: { per: "account", limit: SLOTS, operations: ["render"] } },
  operations: {
    hello: { method: "GET", path: "/hello", summary: "Says hello." },
    render: {
      method: "POST",
      path: "/renders/{how}",
      summary: "Renders, or fails at it.",
      idempotency: true,
    },
    note: { method: "POST", path: "/notes", summary: "Keeps a note.", idempotency: true },
  },
});

/** Called with what a render is to do. */
export const HOW = ["works", "throws", "hangs"] as const;

export const acme = defineApi(
  wire,
  {
    plans: { free: { title: "Free", allowance: { credits: CREDITS, reset: monthly } } },
    operations: {
      hello: {},
      render: {
        params: z.object({ how: z.enum(HOW) }),
        price: fixed(PRICE),
        deadlineMs: DEADLINE_MS,
      },
      note: { price: fixed(PRICE) },
    },
    limitsDown: "local",
  },
  standard.pages,
);
