// `npm run build`: what is published, made by the TypeScript compiler alone, the gateway from what the library became;
// and the console's pages, by Vite.

import { rmSync, writeFileSync } from "node:fs";
import { VIEWER, viewerFromPackage } from "../packages/gateway/src/docs/viewer.ts";
import { buildConsole } from "./build-console.ts";
import { mustRun, root } from "./run.ts";

for (const name of ["sluice", "gateway"]) {
  rmSync(`${root}packages/${name}/dist`, { recursive: true, force: true });
  mustRun("tsc", ["--project", `packages/${name}/tsconfig.build.json`]);
}
// Beside what serves it.
writeFileSync(`${root}packages/gateway/dist/docs/${VIEWER}`, viewerFromPackage());
buildConsole();
