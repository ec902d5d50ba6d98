// The folder beside a configuration with what must stay secret, and with what a gate keeps on this machine.

import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const homeName = ".sluice";

const OWNER_ONLY = 0o700;

/** Answers its path. Nothing of it belongs into a repository. */
export function makeHome(configFile: string): string {
  const home = join(dirname(configFile), homeName);
  mkdirSync(home, { recursive: true, mode: OWNER_ONLY });
  chmodSync(home, OWNER_ONLY);
  const ignored = join(home, ".gitignore");
  if (!existsSync(ignored)) writeFileSync(ignored, "*\n");
  return home;
}
