// The API that is called in a simulation: two windows, a slot, fixed and metered prices, idempotency. Its numbers are the
// scenario's.

import {
  type AnyApi,
  atMost,
  defineApi,
  defineWire,
  fixed,
  standard,
} from "../../contract/index.ts";
import type { Allowed } from "../scenario.ts";

export const MAKE_CREDITS = 10;
export const ASK_CREDITS = 10;
export const BASE_PATH = "/v1";
/** How long the work of an operation may take. */
export const DEADLINE_MS = 60_000;

/** Contracts are checked thoroughly, so one that was made is kept: as many as there are kinds of scenarios at a time. */
const made = new Map<string, AnyApi>();
const MADE_MAX = 64;

export function simApi(allowed: Allowed): AnyApi {
  const name = JSON.stringify(allowed);
  const known = made.get(name);
  if (known !== undefined) return known;
  if (made.size >= MADE_MAX) made.clear();
  const api = defineSimApi(allowed);
  made.set(name, api);
  return api;
}

function defineSimApi(allowed: Allowed): AnyApi {
  const wire = defineWire({
    ...standard.wire,
    about: { title: "Simulated" },
    basePath: BASE_PATH,
    key: {
      prefixes: { live: "sim_live_" },
      alphabet: "base62",
      length: 32,
      checksum: "crc32",
      places: [{ header: "X-API-Key" }],
    },
    plans: ["only"],
    windows: {
      requests: { per: "key", limit: allowed.windowLimit, windowMs: allowed.windowMs },
      work: {
        per: "account",
        limit: allowed.workLimit,
        windowMs: allowed.workMs,
        operations: ["make", "ask"],
      },
    },
    slots: { making: { per: "account", limit: allowed.slots, operations: ["make"] } },
    headers: { rateLimit: "x-ratelimit", creditsRemaining: "X-Credits-Remaining" },
    operations: {
      look: { method: "GET", path: "/look", summary: "Looks." },
      make: { method: "POST", path: "/make", summary: "Makes something.", idempotency: true },
      ask: { method: "POST", path: "/ask", summary: "Answers.", idempotency: true },
    },
  });
  return defineApi(
    wire,
    {
      plans: { only: { title: "Only" } },
      limitsDown: allowed.limitsDown,
      operations: {
        look: {},
        make: { price: fixed(MAKE_CREDITS), deadlineMs: DEADLINE_MS },
        ask: { price: atMost(ASK_CREDITS, { pointer: "/cost" }), deadlineMs: DEADLINE_MS },
      },
    },
    standard.pages,
  ) as unknown as AnyApi;
}
