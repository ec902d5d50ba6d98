// The portal API: its contract behind a gate of its own, over the stores of the gates whose customers it is for. A session's
// secret opens it; a customer's key opens one thing only, to sign in, behind a gate that looks at keys as its API's own does.

import { type AnyApi, defineApi, defineWire, environmentOf } from "sluice";
import { systemClock, systemRandom } from "sluice/base";
import {
  type Answer,
  type Call,
  createGate,
  createKeyDigests,
  type Gate,
  handlers,
  type Stores,
} from "sluice/gate";
import { MemoryLimits, MemoryRequestLog } from "sluice/store/memory";
import { createDesk } from "../admin/desk/desk.ts";
import type { OverStoresOptions } from "../admin/options.ts";
import type { Sessions } from "../session/sessions.ts";
import { withFindKey } from "../session/with-find-key.ts";
import { portal } from "./contract/index.ts";
import { operations } from "./contract/operations.ts";
import { pages } from "./contract/pages.ts";
import { server } from "./contract/server.ts";
import { terms } from "./contract/wire.ts";
import { customersIn } from "./customer.ts";
import { asCustomerKey } from "./customer-desk.ts";
import { portalHandlers } from "./handlers/index.ts";

/** Keys of its contracts sign in. */
export interface PortalOptions extends OverStoresOptions {
  readonly sessions: Sessions;
}

export interface Portal {
  /** Calls below `/v1`, with a session's secret or, to ask who that is, a customer's key. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** Resolves once nothing is under way. */
  close(): Promise<void>;
}

/** Its own requests are people's: the newest are kept apart from those that they look at. */
const ownRowsMax = 1_000;
/** Keys that nobody has, from one address and for one API; one of the wrong form costs nothing. */
const signInsPerMinute = 60;

export function createPortal(options: PortalOptions): Portal {
  const { stores, pepper, warnings, sessions, trustedHops = 0 } = options;
  const { clock = systemClock, random = systemRandom, onEvent, onAnswer } = options;
  const apis = [...new Set(options.apis)];
  const digests = createKeyDigests(pepper);
  const desk = createDesk({
    ...{ stores, apis, pepper, digests, clock, random, warnings },
    ...{ localToken: undefined, signIns: undefined, live: undefined },
  });
  const common = {
    pepper,
    trustedHops,
    unknownKeysPerMinute: signInsPerMinute,
    clock,
    random,
    ...(onEvent && { onEvent }),
    ...(onAnswer && { onAnswer }),
  };
  const { directory } = stores;
  const customers = customersIn(directory);
  const around = {
    // Counted here, and not beside the calls of the same keys to their API.
    limits: new MemoryLimits(),
    ledger: stores.ledger,
    log: new MemoryRequestLog({ rowsMax: ownRowsMax }),
  } satisfies Omit<Stores, "directory">;
  const nobody = withFindKey(directory, async () => undefined);
  const upstream = handlers(portal, portalHandlers(asCustomerKey(desk)));
  const inside = createGate(portal, {
    ...common,
    stores: { ...around, directory: sessions.over(nobody, customers.byId) },
    upstream,
  });
  const doors = apis.map((api) => ({
    format: api.wire.key,
    gate: createGate(signInContract(api), {
      ...common,
      stores: { ...around, directory: withFindKey(directory, customers.byDigest) },
      upstream,
    }),
  }));
  const all = [inside, ...doors.map(({ gate }) => gate)];
  const gateFor = (call: Call): Gate => {
    const key = /^Bearer (.+)$/i.exec(call.header("authorization") ?? "")?.[1] ?? "";
    return doors.find(({ format }) => environmentOf(format, key) !== undefined)?.gate ?? inside;
  };
  let isClosed = false;
  return {
    answer: async (call) => (isClosed ? inside.unavailable(call) : gateFor(call).handle(call)),
    async close() {
      isClosed = true;
      await Promise.all(all.map((gate) => gate.idle()));
      for (const gate of all) gate.close();
    },
  };
}

/** Whose a key of this API is, and nothing else. */
function signInContract({ wire: { key } }: AnyApi): AnyApi {
  const { whoAmI } = operations;
  const signIn = defineWire({
    ...terms,
    key: { ...key, places: [{ bearer: true }] },
    operations: { whoAmI },
  });
  return defineApi(signIn, { ...server, operations: { whoAmI: server.operations.whoAmI } }, pages);
}
