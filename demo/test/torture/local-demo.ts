// The demo with limits that count on by themselves, in windows so short that a test can see many: a program of its own.

import { readEnvironment } from "../../src/environment.ts";
import { serve } from "../../src/serve.ts";
import { shortWindowMs } from "./short-window.ts";
import { contractsWith } from "./variants.ts";

await serve(readEnvironment(process.env, process.cwd()), contractsWith("local", shortWindowMs));
