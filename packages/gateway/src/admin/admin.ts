// The admin API: its contract behind a gate of its own, over the stores of the gates that it is about. It needs no gateway, so
// an embedder can mount it, and a tool can run it over stores that nobody serves.

import type { AnyApi } from "sluice";
import { assert, type Clock, type Random, systemClock, systemRandom } from "sluice/base";
import {
  type Answer,
  type Call,
  createGate,
  createKeyDigests,
  type Gate,
  type GateOptions,
  handlers,
  type LogRow,
  type OperatorStores,
  type Peppers,
} from "sluice/gate";
import { MemoryRequestLog } from "sluice/store/memory";
import { refuseApis } from "./apis-beside.ts";
import { admin } from "./contract/index.ts";
import { createDesk } from "./desk/desk.ts";
import { createLocalToken } from "./desk/local-token.ts";
import type { WarningDesk } from "./desk/warning-desk.ts";
import { adminHandlers } from "./handlers/index.ts";
import { createLiveCounts } from "./live/live-counts.ts";

export interface AdminOptions {
  readonly stores: OperatorStores;
  /** The contracts of the gates over these stores. */
  readonly apis: readonly AnyApi[];
  /** The same as the gates'. */
  readonly pepper: Peppers;
  readonly warnings: WarningDesk;
  /** How many calls are under way, over all gates; absent where this process serves none. */
  readonly underWay?: () => number;
  readonly onEvent?: GateOptions["onEvent"];
  readonly onAnswer?: GateOptions["onAnswer"];
  /** Proxies in front that append to `X-Forwarded-For`. @default 0 */
  readonly trustedHops?: number;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default the machine's */
  readonly random?: Random;
}

export interface Admin {
  readonly gate: Gate;
  /** An owner's, which ends with this process: for tools of the same machine. */
  readonly token: string;
  /** For `Gate.handle`'s place in a server: calls below `/admin/v1`. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** To be told of each answer of the gates: see `onAnswer` of a gate. */
  answered(row: LogRow): void;
  /** Ends what is watched, and resolves once nothing is under way. The stores belong to whoever made them. */
  close(): Promise<void>;
}

/** Its own requests are people's and their tools': the newest are kept apart from the customers'. */
const ownRowsMax = 1_000;

/**
 * @example
 * const admin = createAdmin({ stores, apis: [acme], pepper, warnings });
 * const answer = await admin.answer(call); // for paths below /admin/v1
 */
export function createAdmin(options: AdminOptions): Admin {
  const { stores, apis, pepper, warnings, underWay, trustedHops = 0 } = options;
  const { clock = systemClock, random = systemRandom, onEvent, onAnswer } = options;
  const wrong = refuseApis(apis);
  assert(wrong === undefined, () => `createAdmin: ${wrong}`);
  const digests = createKeyDigests(pepper);
  const localToken = createLocalToken(digests, clock, random);
  const live = underWay && createLiveCounts({ clock, underWay });
  const desk = createDesk({ stores, apis, digests, localToken, warnings, live, clock, random });
  const { limits, ledger } = stores;
  const log = new MemoryRequestLog({ rowsMax: ownRowsMax });
  const gate = createGate(admin, {
    stores: { directory: localToken.over(stores.directory), limits, ledger, log },
    upstream: handlers(admin, adminHandlers(desk)),
    pepper,
    trustedHops,
    clock,
    random,
    ...(onEvent && { onEvent }),
    ...(onAnswer && { onAnswer }),
  });
  return {
    gate,
    token: localToken.secret,
    answer: (call) => gate.handle(call),
    answered: (row) => live?.answered(row),
    async close() {
      live?.stop();
      await gate.idle();
      gate.close();
    },
  };
}
