// A gate of each API in the test's own process, on the servers and in the home of a fleet: what an operator does with it
// the demos hear of by the database alone.

import { join } from "node:path";
import type { Key } from "sluice/gate";
import { type Demo, openDemo } from "../../src/demo.ts";
import { openShared } from "../../src/engines/shared.ts";
import type { ApiName } from "../../src/home.ts";
import type { Fleet } from "./fleet.ts";

export interface Office {
  /** A new key of an account. */
  newKey(api: ApiName, accountId: string): Promise<{ readonly key: Key; readonly secret: string }>;
  revoke(api: ApiName, keyId: string): Promise<void>;
  close(): Promise<void>;
}

const by = "the office";

export async function openOffice({ home, servers }: Fleet): Promise<Office> {
  const state = join(home, "state");
  const demo: Demo = await openDemo(state, await openShared(state, servers));
  // It serves nobody: it only has to let others start.
  demo.tell("");
  return {
    newKey: (api, accountId) => demo[api].gate.keys.create({ accountId, name: by, by }),
    async revoke(api, keyId) {
      await demo[api].gate.keys.revoke(keyId, by);
    },
    close: () => demo.close(),
  };
}
