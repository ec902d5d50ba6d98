// The gate on the memory store with its request log in SQLite, and nothing else there.

import { createMemoryStores } from "sluice/store/memory";
import { openSqliteStores } from "sluice/store/sqlite";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { scratchFile } from "./scratch-file.ts";

const { log } = await openSqliteStores({ file: scratchFile() });
serveWithReport(await createBenchGate({ stores: { ...createMemoryStores(), log } }), log);
