// Express with the gate as its middleware, and the route behind it.

import { createServer } from "node:http";
import { sluiceExpress } from "sluice/adapter/express";
import { serve } from "../src/answer.ts";
import { createExpressApp, listItems } from "./express-app.ts";
import { createRoutesGate } from "./gate-routes.ts";

const app = createExpressApp();
app.use(sluiceExpress(await createRoutesGate()));
listItems(app);
serve(createServer(app));
