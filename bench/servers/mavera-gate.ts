// Mavera behind its gate, put together as the demo does it, in the form that the harness asks for. The
// account may call more often and spend more than any plan allows, so nothing is refused.

import { getRequestListener } from "@hono/node-server";
import { answers } from "@sluice-apis/mavera/answers";
import { mavera } from "@sluice-apis/mavera/contract";
import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { openMaveraRecords } from "@sluice-apis/mavera/upstream-file";
import { monthly } from "sluice";
import { createFetchHandler } from "sluice/adapter/fetch";
import { createNodeListener } from "sluice/adapter/node";
import { systemClock, systemRandom } from "sluice/base";
import { createGate, fetchUpstream, type Upstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { openSqliteStores } from "sluice/store/sqlite";
import { benchKey } from "../src/answer.ts";
import { readSetup, type Setup } from "../src/mavera/setup.ts";
import { ACCOUNT_ID } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { maveraHandlers } from "./mavera-handlers.ts";
import { scratchFile } from "./scratch-file.ts";

const PEPPER_BYTES = 32;
/** The most that a window can be told. */
const REQUESTS_A_MINUTE = 1_000_000;
const CREDITS = 1_000_000_000;

const setup = readSetup();
const stores =
  setup.stores === "sqlite"
    ? await openSqliteStores({ file: scratchFile() })
    : createMemoryStores();
const gate = createGate(mavera, {
  stores,
  upstream: setup.upstream === "plain" ? plainApi(setup) : maveraHandlers,
  answers,
  pepper: crypto.getRandomValues(new Uint8Array(PEPPER_BYTES)),
});
await stores.directory.putAccount(
  {
    id: ACCOUNT_ID,
    name: "Bench",
    plan: "enterprise",
    subscription: "active",
    overrides: {
      windows: { requests: REQUESTS_A_MINUTE },
      allowance: { credits: CREDITS, reset: monthly },
    },
  },
  { by: "bench", atMs: gate.clock.wallMs() },
);
await gate.keys.create({ accountId: ACCOUNT_ID, name: "bench", secret: benchKey(), by: "bench" });
gate.sweeper.start();
serveWithReport(
  setup.adapter === "node"
    ? createNodeListener(gate)
    : getRequestListener(createFetchHandler(gate)),
  stores.log,
);

/** On a file of its own where the gate has one. */
function plainApi({ stores: kind }: Setup): Upstream {
  const upstream = createMaveraUpstream({
    clock: systemClock,
    random: systemRandom,
    ...(kind === "sqlite" && { records: openMaveraRecords(scratchFile("mavera.db")) }),
  });
  return fetchUpstream(upstream.fetch);
}
