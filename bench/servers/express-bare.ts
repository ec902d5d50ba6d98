// Express that checks nothing: what the layers before its routes are compared with.

import { createServer } from "node:http";
import { serve } from "../src/answer.ts";
import { createExpressApp, listItems } from "./express-app.ts";

const app = createExpressApp();
listItems(app);
serve(createServer(app));
