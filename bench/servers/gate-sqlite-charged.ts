// The embedded gate, all four stores in SQLite, and each call costs a credit: reserved and settled on
// the disk before its answer leaves.

import { openSqliteStores } from "sluice/store/sqlite";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { scratchFile } from "./scratch-file.ts";

const stores = await openSqliteStores({ file: scratchFile() });
serveWithReport(await createBenchGate({ stores, isCharged: true }), stores.log);
