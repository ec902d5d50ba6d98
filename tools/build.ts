// `npm run build`: what is published, made by the TypeScript compiler alone.

import { rmSync } from "node:fs";
import { mustRun, root } from "./run.ts";

rmSync(`${root}packages/sluice/dist`, { recursive: true, force: true });
mustRun("tsc", ["--project", "packages/sluice/tsconfig.build.json"]);
