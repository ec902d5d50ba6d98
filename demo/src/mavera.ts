// Mavera behind its gate: the plain API reports the ends of its jobs to it.

import { join } from "node:path";
import { answers } from "@sluice-apis/mavera/answers";
import type { mavera } from "@sluice-apis/mavera/contract";
import { createMaveraUpstream, type MaveraUpstream } from "@sluice-apis/mavera/upstream";
import { openMaveraRecords } from "@sluice-apis/mavera/upstream-file";
import { systemClock, systemRandom } from "sluice/base";
import { createGate, fetchUpstream, type Gate } from "sluice/gate";
import type { Shared } from "./mentova.ts";

export interface MaveraDemo {
  readonly gate: Gate;
  readonly upstream: MaveraUpstream;
  close(): void;
}

export function openMavera(api: typeof mavera, { home, stores, pepper }: Shared): MaveraDemo {
  const records = openMaveraRecords(join(home, "mavera.db"));
  const upstream = createMaveraUpstream({
    clock: systemClock,
    random: systemRandom,
    records,
    async onJobEnd({ requestId, outcome }) {
      // A report that comes twice, or too late, changes nothing.
      await gate.jobs.end(requestId, outcome);
    },
  });
  const gate: Gate = createGate(api, {
    stores,
    pepper,
    answers,
    upstream: fetchUpstream(upstream.fetch),
  });
  return {
    gate,
    upstream,
    close() {
      upstream.close();
      gate.close();
      records.close();
    },
  };
}
