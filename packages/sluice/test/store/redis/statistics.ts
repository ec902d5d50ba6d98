// What a Redis says that it has done.

import type { TestClient } from "./clients.ts";

/** Calls of scripts since it started, those that it did not know included. */
export async function statisticsOf({ command }: TestClient): Promise<{ readonly scripts: number }> {
  const said = String(await command("INFO", "commandstats"));
  const callsOf = (name: string) =>
    Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(said)?.[1] ?? 0);
  return { scripts: callsOf("evalsha") + callsOf("eval") };
}
