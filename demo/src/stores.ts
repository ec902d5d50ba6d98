// Where the demo keeps what its gates know: in files of its home, or in servers that several demos share.

import { join } from "node:path";
import type { FilesSettings, SharedSettings } from "@sluice/gateway";
import type { Environment } from "./environment.ts";

export function storesOf({
  home,
  servers,
}: Pick<Environment, "home" | "servers">): FilesSettings | SharedSettings {
  if (servers === undefined) {
    return { kind: "sqlite", folder: home, called: { folder: "SLUICE_HOME" } };
  }
  return {
    kind: "shared",
    ...servers,
    // The plain APIs keep their data in the home, which all demos of one machine share.
    folder: home,
    pepper: { file: join(home, "pepper.json") },
    called: { redis: "SLUICE_REDIS_URL", database: "SLUICE_DATABASE_URL" },
  };
}
