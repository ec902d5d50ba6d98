// Mentova behind its gate.

import { join } from "node:path";
import type { mentova } from "@sluice-apis/mentova/contract";
import { createMentovaUpstream, type MentovaUpstream } from "@sluice-apis/mentova/upstream";
import { openMentovaRecords } from "@sluice-apis/mentova/upstream-file";
import { systemClock, systemRandom } from "sluice/base";
import { createGate, fetchUpstream, type Gate, type GateOptions, type Stores } from "sluice/gate";

/** What all APIs of one home have in common. */
export interface Shared {
  readonly home: string;
  readonly stores: Stores;
  readonly pepper: GateOptions["pepper"];
}

export interface MentovaDemo {
  readonly gate: Gate;
  readonly upstream: MentovaUpstream;
  close(): void;
}

export function openMentova(api: typeof mentova, { home, stores, pepper }: Shared): MentovaDemo {
  const records = openMentovaRecords(join(home, "mentova.db"));
  const upstream = createMentovaUpstream({ clock: systemClock, random: systemRandom, records });
  const gate = createGate(api, { stores, pepper, upstream: fetchUpstream(upstream.fetch) });
  return {
    gate,
    upstream,
    close() {
      gate.close();
      records.close();
    },
  };
}
