// The embedded gate: all four stores in SQLite, a call that costs nothing.

import { openSqliteStores } from "sluice/store/sqlite";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { scratchFile } from "./scratch-file.ts";

const stores = await openSqliteStores({ file: scratchFile() });
serveWithReport(await createBenchGate({ stores }), stores.log);
