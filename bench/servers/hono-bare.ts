// The price of Request and Response alone: a fetch handler that checks nothing, on the same adapter
// as gate-fetch.

import { createAdaptorServer } from "@hono/node-server";
import { ITEMS, serve } from "../src/answer.ts";

const server = createAdaptorServer({ fetch: () => Response.json(ITEMS) });
serve(server as import("node:http").Server);
