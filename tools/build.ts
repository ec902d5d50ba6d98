// `npm run build`: what is published, made by the TypeScript compiler alone, the gateway from what the library became;
// and the console's pages, by Vite.

import { rmSync } from "node:fs";
import { buildConsole } from "./build-console.ts";
import { mustRun, root } from "./run.ts";

for (const name of ["sluice", "gateway"]) {
  rmSync(`${root}packages/${name}/dist`, { recursive: true, force: true });
  mustRun("tsc", ["--project", `packages/${name}/tsconfig.build.json`]);
}
buildConsole();
