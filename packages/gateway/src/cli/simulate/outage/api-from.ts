// The contract of a simulation: the one that is named, that of this folder's configuration, or else one that is made up.

import { existsSync } from "node:fs";
import { type AnyApi, atMost, defineApi, defineWire, monthly, standard } from "sluice";
import { configNames } from "../../../config/index.ts";
import { contractOf } from "../../contract-of.ts";

/** @throws ConfigError, StartError that say what to do */
export async function apiFrom(path: string | undefined): Promise<AnyApi> {
  if (path !== undefined) return contractOf(path);
  return configNames.some((name) => existsSync(name)) ? contractOf(".") : madeUp();
}

/** An API like many others: it lists for nothing, and makes things for credits. */
function madeUp(): AnyApi {
  const wire = defineWire({
    ...standard.wire,
    about: { title: "An API like many others" },
    basePath: "/v1",
    key: {
      prefixes: { live: "demo_live_" },
      alphabet: "base62",
      length: 32,
      places: [{ bearer: true }],
    },
    plans: ["standard"],
    windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
    headers: { rateLimit: "ratelimit" },
    operations: {
      list: { method: "GET", path: "/things", summary: "Lists things." },
      make: { method: "POST", path: "/things", summary: "Makes a thing.", idempotency: true },
    },
  });
  return defineApi(
    wire,
    {
      plans: {
        standard: { title: "Standard", allowance: { credits: 1_000, reset: monthly } },
      },
      operations: { list: {}, make: { price: atMost(5, { pointer: "/cost" }) } },
    },
    standard.pages,
  ) as unknown as AnyApi;
}
