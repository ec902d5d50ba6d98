// Where the built files of the console and the portal are.

import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** What to say where there are none: only in the repository, whose sources are not built. */
export const notBuilt =
  'The pages are not built: "npm run build --workspace @sluice/console" builds them.';

/** Undefined where nobody has built them. */
export function builtFiles(): string | undefined {
  const page = fileURLToPath(import.meta.resolve("@sluice/console/console.html"));
  return existsSync(page) ? dirname(page) : undefined;
}
