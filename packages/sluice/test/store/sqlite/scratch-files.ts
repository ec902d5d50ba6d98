// Real files in temporary folders, which go when the test is over.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStores, type SqliteOptions } from "../../../src/store/sqlite/index.ts";

/** A new folder, and the way to get rid of it. */
export function scratchFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "sluice-sqlite-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** New and empty stores, as the conformance suite wants them. */
export async function makeStores(options: Partial<SqliteOptions> = {}) {
  const { folder, remove } = scratchFolder();
  const stores = await openSqliteStores({ file: join(folder, "sluice.db"), ...options });
  return {
    stores,
    async close() {
      await stores.close();
      remove();
    },
  };
}
