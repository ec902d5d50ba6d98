// Hono with the gate as its middleware, and the route behind it.

import { Hono } from "hono";
import { sluiceHono } from "sluice/adapter/hono";
import { createRoutesGate } from "./gate-routes.ts";
import { listItems } from "./hono-app.ts";

const app = new Hono();
app.use(sluiceHono(await createRoutesGate()));
listItems(app);
