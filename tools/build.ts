// `npm run build`: what is published, made by the TypeScript compiler alone; the gateway from what the library became.

import { rmSync } from "node:fs";
import { mustRun, root } from "./run.ts";

for (const name of ["sluice", "gateway"]) {
  rmSync(`${root}packages/${name}/dist`, { recursive: true, force: true });
  mustRun("tsc", ["--project", `packages/${name}/tsconfig.build.json`]);
}
