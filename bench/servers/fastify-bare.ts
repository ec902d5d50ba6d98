// Fastify that checks nothing: what the layers before its routes are compared with.

import { createFastifyApp, listItems } from "./fastify-app.ts";

await listItems(createFastifyApp());
