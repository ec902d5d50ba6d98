// The admin API: its contract behind a gate of its own, over the stores of the gates that it is about. It needs no gateway, so
// an embedder can mount it, and a tool can run it over stores that nobody serves.

import { assert, systemClock, systemRandom } from "sluice/base";
import {
  type Answer,
  type Call,
  createGate,
  createKeyDigests,
  type Gate,
  handlers,
} from "sluice/gate";
import { MemoryRequestLog } from "sluice/store/memory";
import type { Sessions } from "../session/sessions.ts";
import { refuseApis } from "./apis-beside.ts";
import { admin } from "./contract/index.ts";
import { createDesk } from "./desk/desk.ts";
import { createLocalToken, type LocalSecret } from "./desk/local-token.ts";
import type { SignInDesk } from "./desk/sign-in-desk.ts";
import { adminHandlers } from "./handlers/index.ts";
import type { LiveCounts } from "./live/live-counts.ts";
import type { OverStoresOptions } from "./options.ts";

export interface AdminOptions extends OverStoresOptions {
  /** What the gates count as they answer; absent where this process serves none. */
  readonly live?: LiveCounts;
  /** Of people in browsers, who signed in with a token. @default there are none */
  readonly sessions?: Sessions;
  /** The console's links. @default there is no console */
  readonly signIns?: SignInDesk;
  /** The local token of an admin API that this one takes the place of. @default a new one */
  readonly token?: LocalSecret;
}

export interface Admin {
  readonly gate: Gate;
  /** An owner's, which ends with this process: for tools of the same machine. */
  readonly token: string;
  /** Calls below `/admin/v1`; after the end they hear `unavailable`. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** Resolves once nothing is under way: whoever made the live counts stops them before. */
  close(): Promise<void>;
}

/** Its own requests are people's and their tools': the newest are kept apart from the customers'. */
const ownRowsMax = 1_000;
/** Tokens that nobody has, from one address; one of the wrong form costs nothing. */
const signInsPerMinute = 60;

/**
 * @example
 * const admin = createAdmin({ stores, apis: [acme], pepper });
 * const answer = await admin.answer(call); // for paths below /admin/v1
 */
export function createAdmin(options: AdminOptions): Admin {
  const { stores, pepper, warnings, live, token, sessions, signIns, trustedHops = 0 } = options;
  const { clock = systemClock, random = systemRandom, onEvent, onAnswer } = options;
  const apis = [...new Set(options.apis)];
  const wrong = refuseApis(apis);
  assert(wrong === undefined, () => `createAdmin: ${wrong?.what}; ${wrong?.advice}`);
  const digests = createKeyDigests(pepper);
  const localToken = createLocalToken(digests, clock, random, token);
  const desk = createDesk({
    ...{ stores, apis, pepper, digests, localToken, warnings, live, signIns, clock, random },
  });
  const { limits, ledger } = stores;
  const log = new MemoryRequestLog({ rowsMax: ownRowsMax });
  const stored = sessions?.over(stores.directory, desk.signedIn) ?? stores.directory;
  const gate = createGate(admin, {
    stores: { directory: localToken.over(stored), limits, ledger, log },
    upstream: handlers(admin, adminHandlers(desk)),
    pepper,
    trustedHops,
    unknownKeysPerMinute: signInsPerMinute,
    clock,
    random,
    ...(onEvent && { onEvent }),
    ...(onAnswer && { onAnswer }),
  });
  let isClosed = false;
  return {
    gate,
    token: localToken.secret,
    answer: async (call) => (isClosed ? gate.unavailable(call) : gate.handle(call)),
    async close() {
      isClosed = true;
      await gate.idle();
      gate.close();
    },
  };
}
