// The demo with limits that fail closed: a program of its own, since neither API promises that.

import { readEnvironment } from "../../src/environment.ts";
import { serve } from "../../src/serve.ts";
import { contractsWith } from "./variants.ts";

await serve(readEnvironment(process.env, process.cwd()), contractsWith("closed"));
