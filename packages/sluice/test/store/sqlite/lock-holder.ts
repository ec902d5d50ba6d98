// A process that takes the lock of a folder and keeps it until it dies.

import { acquireLock, LockedError } from "../../../src/store/sqlite/index.ts";

try {
  acquireLock(process.argv[2] ?? "", { address: "http://localhost:1" });
  process.stdout.write("locked\n");
} catch (error) {
  process.stdout.write(error instanceof LockedError ? "refused\n" : `${String(error)}\n`);
}
setInterval(() => {}, 1_000);
