// `npm run bench:gateway`: what a reverse proxy costs a request, an event, a megabyte and an idle connection: ours
// without a gate and with one, beside those that people know, each set as its own documentation says.

import { jsonSection } from "./gateway/json-rows.ts";
import { runCommand } from "./options.ts";
import { measureSections } from "./section.ts";

const SECTIONS = [jsonSection];

await runCommand(
  {
    name: "bench:gateway",
    rowsAlways: "the A/A row comes with any of its table",
    seconds: 2,
    hasMore: true,
  },
  (options) => measureSections(SECTIONS, options),
);
