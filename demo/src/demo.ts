// Both APIs behind their gates, in this process: what the gates know is in the engines, what each plain API knows in a file
// of the home.

import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import type { Stores } from "sluice/gate";
import type { Engines } from "./engines/engines.ts";
import { type MaveraDemo, openMavera } from "./mavera.ts";
import { type MentovaDemo, openMentova } from "./mentova.ts";

export interface Demo {
  readonly stores: Stores;
  readonly mentova: MentovaDemo;
  readonly mavera: MaveraDemo;
  /** Writes down where the demo listens, for whoever tries to start a second one. */
  tell(address: string): void;
  /** Lets go of everything, once nothing is answered any more. */
  close(): Promise<void>;
}

/** What each API promises. */
export interface Contracts {
  readonly mavera: typeof mavera;
  readonly mentova: typeof mentova;
}

export const contracts: Contracts = { mavera, mentova };

export async function openDemo(
  home: string,
  engines: Engines,
  promised: Contracts = contracts,
): Promise<Demo> {
  const { stores, pepper } = engines;
  const shared = { home, stores, pepper };
  const apis = {
    mentova: openMentova(promised.mentova, shared),
    mavera: openMavera(promised.mavera, shared),
  };
  await engines.takeOver(apis.mavera.gate, [promised.mentova, promised.mavera]);
  const stopSweeping = apis.mavera.gate.sweeper.start();
  apis.mavera.upstream.resume();
  return {
    stores,
    ...apis,
    tell: (address) => engines.started(address),
    async close() {
      // A caller who left is still charged for what was done: the books must be open for that.
      await Promise.all([apis.mavera.gate.idle(), apis.mentova.gate.idle()]);
      stopSweeping();
      apis.mavera.close();
      apis.mentova.close();
      await engines.close();
    },
  };
}
