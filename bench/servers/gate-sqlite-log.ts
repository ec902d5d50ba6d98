// The gate on the memory store with its request log in SQLite, and nothing else there.

import { createNodeListener } from "sluice/adapter/node";
import { createMemoryStores } from "sluice/store/memory";
import { openSqliteStores } from "sluice/store/sqlite";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { scratchFile } from "./scratch-file.ts";

const { log } = await openSqliteStores({ file: scratchFile() });
const gate = await createBenchGate({ stores: { ...createMemoryStores(), log } });
serveWithReport(createNodeListener(gate), log);
