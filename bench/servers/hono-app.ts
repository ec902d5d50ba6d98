// The app of each Hono row, and its one route, on the server that Hono's own page shows for Node.

import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { ITEMS, ITEMS_PATH, serve } from "../src/answer.ts";

/** Called behind what stands before the route; listens. */
export function listItems(app: Hono): void {
  app.get(ITEMS_PATH, (context) => context.json(ITEMS));
  serve(createAdaptorServer({ fetch: app.fetch }) as Server);
}
