// `npm run bench:frameworks`: the gate embedded in Express, Fastify and Hono, beside the same app bare and behind its popular
// limiter, in memory and on Redis.

import { FRAMEWORKS, frameworkSection } from "./frameworks/rows.ts";
import { runCommand } from "./options.ts";
import { measureSections } from "./section.ts";

await runCommand(
  {
    name: "bench:frameworks",
    rowsAlways: "the A/A row comes with any of its table",
    seconds: 3,
    hasMore: true,
  },
  (options) => measureSections(FRAMEWORKS.map(frameworkSection), options),
);
