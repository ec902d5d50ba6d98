// `sluice validate`: what is wrong with a configuration, or what it lets through.

import { type LoadedConfig, loadConfig, unprotectedRoutes } from "../config/index.ts";
import { faint, say } from "./say.ts";

export async function validate(path: string): Promise<void> {
  const loaded = await loadConfig(path);
  const [served] = loaded.settings.apis;
  const operations = Object.keys(served?.api.wire.operations ?? {}).length;
  say(`${loaded.file} is right: ${operations} operation${operations === 1 ? "" : "s"}.`);
  tellOf(loaded);
}

/** What an operator should know of a configuration that works. */
export function tellOf({ settings, notices }: LoadedConfig): void {
  for (const { at, what, advice } of notices) say(`${at}: ${what}${faint(` → ${advice}`)}`);
  const routes = unprotectedRoutes(settings);
  if (routes.length === 0) return;
  say("Not protected:");
  for (const { route, reason } of routes) say(`  ${route}  ${faint(reason)}`);
}
