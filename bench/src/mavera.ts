// `npm run bench:mavera`: what one of the two whole APIs costs over HTTP (its contract, its plain API, real
// keys and real credits), as a ratio to bare node:http that sends the same bytes.

import { maveraSection } from "./mavera/rows.ts";
import { runCommand } from "./options.ts";
import { measureSections } from "./section.ts";

await runCommand({ name: "bench:mavera", rowsAlways: "the A/A row always runs" }, (options) =>
  measureSections([maveraSection], options),
);
