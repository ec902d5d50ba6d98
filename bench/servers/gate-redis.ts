// The embedded gate with its limits in Redis, shared with other processes, and the rest in memory.

import { createServer } from "node:http";
import { createNodeListener } from "sluice/adapter/node";
import { createMemoryStores } from "sluice/store/memory";
import { serve } from "../src/answer.ts";
import { createBenchGate } from "./gate-contract.ts";
import { redisLimits } from "./redis-client.ts";

const stores = { ...createMemoryStores(), limits: await redisLimits() };
serve(createServer(createNodeListener(await createBenchGate({ stores }))));
