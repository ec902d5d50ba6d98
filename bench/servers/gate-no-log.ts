// The gate on the memory store with a log that drops each row: what the same gate costs without one.

import { createServer } from "node:http";
import { createNodeListener } from "sluice/adapter/node";
import type { RequestLog } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { serve } from "../src/answer.ts";
import { createBenchGate } from "./gate-contract.ts";

const log: RequestLog = {
  append() {},
  find: () => [],
  explain: () => undefined,
  usage: () => ({ requests: 0, refusals: 0, faults: 0, credits: 0 }),
  days: () => [],
  dropped: () => 0,
};

const stores = { ...createMemoryStores(), log };
serve(createServer(createNodeListener(await createBenchGate({ stores }))));
