// The smallest configuration that works, and a way to say what would be different.

import { configFrom } from "../../src/config/index.ts";

export const SMALL = {
  contract: {
    title: "Acme",
    key: { prefixes: { live: "acme_live_" } },
    plans: { free: {}, pro: { title: "Pro" } },
    windows: { perMinute: { per: "key", limit: 60, within: "1m" } },
    operations: {
      listBrands: { method: "GET", path: "/brands", summary: "Lists brands." },
      createBrand: { method: "POST", path: "/brands", summary: "Creates a brand." },
      getBrand: { method: "GET", path: "/brands/{brandId}", summary: "Shows a brand." },
    },
  },
  upstreams: { main: { url: "http://127.0.0.1:9000" } },
} as const;

export type Change = readonly [path: string, value: unknown];

/** The small one with some members set, by their paths; `undefined` takes one away. */
export function changed(changes: readonly Change[], base: unknown = SMALL): unknown {
  const copy: unknown = structuredClone(base);
  for (const [path, value] of changes) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let here = copy as Record<string, unknown>;
    for (const key of keys) {
      here[key] ??= {};
      here = here[key] as Record<string, unknown>;
    }
    if (value === undefined) delete here[last];
    else here[last] = value;
  }
  return copy;
}

/** The configuration as if it stood in `folder`. */
export function load(config: unknown, folder = "/nowhere", environment = {}) {
  return configFrom(config, `${folder}/sluice.config.ts`, environment);
}
