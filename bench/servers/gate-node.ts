// The gate on its native node:http adapter.

import { createServer } from "node:http";
import { createNodeListener } from "sluice/adapter/node";
import { serve } from "../src/answer.ts";
import { createBenchGate } from "./gate-contract.ts";

serve(createServer(createNodeListener(await createBenchGate())));
