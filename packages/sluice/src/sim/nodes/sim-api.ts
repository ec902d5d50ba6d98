// The API that is called in a simulation: two windows, slots, fixed and metered prices, answers that stream, jobs, idempotency.
// Its numbers are the scenario's.

import {
  type AnyApi,
  atMost,
  defineApi,
  defineWire,
  fixed,
  standard,
} from "../../contract/index.ts";
import type { Allowed, CallerGroup, Scenario } from "../scenario.ts";

export const MAKE_CREDITS = 10;
export const ASK_CREDITS = 10;
export const TELL_CREDITS = 10;
export const BUILD_CREDITS = 10;
/** The event behind which nothing of a stream is missing. */
export const LAST_EVENT = "done";
export const BASE_PATH = "/v1";
/** How long the work of an operation may take. */
export const DEADLINE_MS = 60_000;

/** Of jobs, where the scenario says nothing of them. */
const JOB_AGE_MS = 30_000;

/** Contracts are checked thoroughly, so one that was made is kept: as many as there are kinds of scenarios at a time. */
const made = new Map<string, AnyApi>();
const MADE_MAX = 64;

export function simApi({ allowed, callers, jobs }: Scenario): AnyApi {
  const ageMs = callers.some(startsJobs) ? (jobs?.ageMs ?? JOB_AGE_MS) : undefined;
  const name = JSON.stringify([allowed, ageMs]);
  const known = made.get(name);
  if (known !== undefined) return known;
  if (made.size >= MADE_MAX) made.clear();
  const api = defineSimApi(allowed, ageMs);
  made.set(name, api);
  return api;
}

export function startsJobs({ buildPercent = 0 }: CallerGroup): boolean {
  return buildPercent > 0;
}

function defineSimApi(allowed: Allowed, jobAgeMs: number | undefined): AnyApi {
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
        operations: ["make", "ask", "tell", "build"],
      },
    },
    slots: {
      making: { per: "account", limit: allowed.slots, operations: ["make"] },
      building: { per: "account", limit: allowed.slots, operations: ["build"] },
    },
    headers: { rateLimit: "x-ratelimit", creditsRemaining: "X-Credits-Remaining" },
    operations: {
      look: { method: "GET", path: "/look", summary: "Looks." },
      make: { method: "POST", path: "/make", summary: "Makes something.", idempotency: true },
      ask: { method: "POST", path: "/ask", summary: "Answers.", idempotency: true },
      tell: {
        method: "POST",
        path: "/tell",
        summary: "Tells a story.",
        idempotency: true,
        stream: { completion: { event: LAST_EVENT } },
      },
      build: { method: "POST", path: "/build", summary: "Builds.", idempotency: true },
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
        tell: { price: atMost(TELL_CREDITS, { pointer: "/cost" }), deadlineMs: DEADLINE_MS },
        build: jobAgeMs === undefined ? {} : startingJobs(jobAgeMs),
      },
    },
    standard.pages,
  ) as unknown as AnyApi;
}

function startingJobs(maxAgeMs: number) {
  return { price: atMost(BUILD_CREDITS), deadlineMs: DEADLINE_MS, detaches: { maxAgeMs } };
}
