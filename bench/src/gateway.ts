// `npm run bench:gateway`: what a reverse proxy costs a request, an event, a megabyte and an idle connection: ours
// without a gate and with one, beside those that people know, each set as its own documentation says.

import { bodySection } from "./gateway/body-rows.ts";
import { idleSection } from "./gateway/idle-rows.ts";
import { jsonSection } from "./gateway/json-rows.ts";
import { latencySection } from "./gateway/latency-rows.ts";
import { streamSection } from "./gateway/stream-rows.ts";
import { runCommand } from "./options.ts";
import { measureSections } from "./section.ts";

const SECTIONS = [jsonSection, latencySection, streamSection, bodySection, idleSection];

await runCommand(
  {
    name: "bench:gateway",
    rowsAlways: "the A/A row comes with any of its table",
    seconds: 2,
    hasMore: true,
  },
  (options) => measureSections(SECTIONS, options),
);
