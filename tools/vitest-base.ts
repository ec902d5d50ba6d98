// How the tests find the library: at its TypeScript sources, through the `sluice-source` export
// condition; and where the programs and threads that they start keep what they have compiled.

import { fileURLToPath } from "node:url";

const conditions = ["sluice-source", "node", "development|production"];

// The tests start hundreds of programs and threads, each of which would compile the same sources anew.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
  new URL("../node_modules/.cache/node-compile", import.meta.url),
);

export const base = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["sluice-source", "node"] } },
};
