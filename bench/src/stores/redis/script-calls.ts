// The store's own script, called by itself: it is the store's own affair, so it is no public entry.

import type { Redis } from "ioredis";
import type { Rate } from "./deciders.ts";

interface ScriptModule {
  readonly limitsScript: string;
}

/** Loads it; its digest. */
export async function loadScript(client: Redis): Promise<string> {
  const beside = new URL("script/batch.ts", import.meta.resolve("sluice/store/redis"));
  const { limitsScript }: ScriptModule = await import(beside.href);
  return String(await client.script("LOAD", limitsScript));
}

/** Keys and body of so many decisions of random keys, as redis-benchmark fills them in. */
export function decisionsOf(count: number, { limit, windowMs }: Rate): readonly string[] {
  const keys = Array.from({ length: count }, () => "sluice:{7}w:key___rand_int__");
  const body = `[1,0,0,1000,0${`,1,0,${limit},${windowMs},1`.repeat(count)}]`;
  return [String(count), ...keys, body];
}

export const ALONE = (rate: Rate): readonly string[] => decisionsOf(1, rate);
