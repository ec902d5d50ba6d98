// `npm run bench:stores`: what durability costs: money that is on the disk before it is acknowledged,
// keys, and the request log; and what limits in Redis cost. Each figure stands beside a bound measured in the same seconds.

import { runCommand } from "./options.ts";
import { measureSections } from "./section.ts";
import { gateSection } from "./stores/gate-rows.ts";
import { keySection } from "./stores/key-rows.ts";
import { ledgerSection } from "./stores/ledger-rows.ts";
import { curveSection } from "./stores/redis/curve-rows.ts";
import { rateSection } from "./stores/redis/rate-rows.ts";
import { memorySection, scriptSection } from "./stores/redis/script-rows.ts";
import { sharedLedgerSection } from "./stores/shared-ledger-rows.ts";
import { sharedLogSection } from "./stores/shared-log-rows.ts";

const SECTIONS = [
  ledgerSection,
  sharedLedgerSection,
  sharedLogSection,
  keySection,
  gateSection,
  rateSection,
  scriptSection,
  memorySection,
  curveSection,
];

await runCommand(
  {
    name: "bench:stores",
    rowsAlways: "the A/A row comes with any of its table",
    seconds: 3,
    hasMore: true,
  },
  (options) => measureSections(SECTIONS, options),
);
