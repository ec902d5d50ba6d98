// A process that opens the stores on a file, and says how that went.

import { openSqliteStores } from "../../../src/store/sqlite/index.ts";

try {
  const stores = await openSqliteStores({ file: process.argv[2] ?? "" });
  await stores.close();
  process.stdout.write("opened\n");
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
