// A gate of each API in the test's own process, on the servers and in the home of a fleet: what an operator does with it
// the demos hear of by the database alone.

import { join } from "node:path";
import { openStores } from "@sluice/gateway";
import { answers } from "@sluice-apis/mavera/answers";
import { createGate, type Key } from "sluice/gate";
import { contracts } from "../../src/demo.ts";
import type { ApiName } from "../../src/home.ts";
import { storesOf } from "../../src/stores.ts";
import type { Fleet } from "./fleet.ts";

export interface Office {
  /** A new key of an account. */
  newKey(api: ApiName, accountId: string): Promise<{ readonly key: Key; readonly secret: string }>;
  revoke(api: ApiName, keyId: string): Promise<void>;
  close(): Promise<void>;
}

const by = "the office";

export async function openOffice({ home, servers }: Fleet): Promise<Office> {
  const opened = await openStores(storesOf({ home: join(home, "state"), servers }));
  // It serves nobody: it only has to let others start.
  opened.started("");
  const nobody = () => Promise.reject(new Error("nobody works here"));
  const { stores, pepper } = opened;
  const shared = { stores, pepper, upstream: { run: nobody, quote: nobody } };
  const gates = {
    mavera: createGate(contracts.mavera, { ...shared, answers }),
    mentova: createGate(contracts.mentova, shared),
  };
  return {
    newKey: (api, accountId) => gates[api].keys.create({ accountId, name: by, by }),
    async revoke(api, keyId) {
      await gates[api].keys.revoke(keyId, by);
    },
    async close() {
      for (const gate of Object.values(gates)) gate.close();
      await opened.close();
    },
  };
}
