// Fastify with the gate as its plugin, and the route behind it.

import { sluiceFastify } from "sluice/adapter/fastify";
import { createFastifyApp, listItems } from "./fastify-app.ts";
import { createRoutesGate } from "./gate-routes.ts";

const sluice = sluiceFastify(await createRoutesGate());
const app = createFastifyApp({ frameworkErrors: sluice.frameworkErrors });
app.register(sluice);
await listItems(app);
