// Opens what a gateway keeps everything in; what is not used is not even loaded.

import type { AuditedLedger, OpenedStores, StoresSettings } from "./opened.ts";

export async function openStores(settings: StoresSettings): Promise<OpenedStores> {
  switch (settings.kind) {
    case "memory":
      return (await import("./in-memory.ts")).openInMemory();
    case "sqlite":
      return (await import("./in-files.ts")).openInFiles(settings);
    case "shared":
      return (await import("./on-servers.ts")).openOnServers(settings);
  }
}

/** The ledger of stores that outlive their process, for an audit; never makes one. */
export async function openForAudit(
  settings: Exclude<StoresSettings, { kind: "memory" }>,
): Promise<AuditedLedger> {
  if (settings.kind === "sqlite") {
    return (await import("./in-files.ts")).auditFiles(settings);
  }
  return (await import("./on-servers.ts")).auditServers(settings);
}
