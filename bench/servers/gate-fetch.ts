// The gate as a web fetch handler, put on node:http by the adapter that Hono uses.

import { createAdaptorServer } from "@hono/node-server";
import { createFetchHandler } from "sluice/adapter/fetch";
import { serve } from "../src/answer.ts";
import { createBenchGate } from "./gate-contract.ts";

const handler = createFetchHandler(await createBenchGate());
serve(createAdaptorServer({ fetch: handler }) as import("node:http").Server);
