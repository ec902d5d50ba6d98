// The embedded gate: all four stores in SQLite, a call that costs nothing.

import { createNodeListener } from "sluice/adapter/node";
import { openSqliteStores } from "sluice/store/sqlite";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { scratchFile } from "./scratch-file.ts";

const stores = await openSqliteStores({ file: scratchFile() });
const gate = await createBenchGate({ stores });
serveWithReport(createNodeListener(gate), stores.log);
