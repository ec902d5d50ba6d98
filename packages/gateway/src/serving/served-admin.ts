// The admin API as a gateway serves it, on the internal listener. It is loaded when the first one asks: its schemas take a third
// of the time of a start, and nobody who calls the APIs should wait for that.

import type { AnyApi } from "sluice";
import { systemClock, systemRandom } from "sluice/base";
import type { Answer, Call, LogRow } from "sluice/gate";
import type { Admin } from "../admin/admin.ts";
import { refuseApis } from "../admin/apis-beside.ts";
import { type LocalSecret, newLocalSecret } from "../admin/desk/local-token.ts";
import { createLiveCounts, type LiveCounts } from "../admin/live/live-counts.ts";
import { StartError } from "../start-error.ts";
import type { OpenedStores } from "../stores/opened.ts";
import type { Warnings } from "../warnings/warnings.ts";
import type { ApiWatch, Watch } from "../watch/watch.ts";
import { createSignIns, type ServedConsole, type SignIns, serveConsole } from "./served-console.ts";

export interface AdminSurroundings {
  readonly opened: OpenedStores;
  readonly watch: Watch | undefined;
  /** Undefined where nobody is warned. */
  readonly warnings: Warnings | undefined;
  /** Undefined where there is no console. */
  readonly console: { readonly isSecure: boolean } | undefined;
  /** Requests that are under way now, over all gates. */
  readonly underWay: () => number;
}

export interface ServedAdmin {
  /** An owner's, which ends with this process. */
  readonly token: string;
  /** Ends that token where this is it: it is public. Whoever needs another one starts the gateway anew. */
  endToken(token: string): "ended" | "had ended" | undefined;
  /** Calls below the base path of its contract. Never rejects, once it could be loaded. */
  answer(call: Call): Promise<Answer>;
  /** The console; undefined where there is none. */
  readonly console: ServedConsole | undefined;
  /** To be told of each answer of each gate. */
  readonly answered: (row: LogRow) => void;
  /** These are the contracts from the next call on. Throws a `StartError` where they cannot be beside it. */
  renew(apis: readonly AnyApi[]): void;
  /** Ends what is watched, and resolves once nothing of it is under way. */
  close(): Promise<void>;
}

const patienceMs = 2_000;

export function serveAdmin(apis: readonly AnyApi[], around: AdminSurroundings): ServedAdmin {
  refuseBeside(apis);
  const token = newLocalSecret(systemClock, systemRandom);
  let opens = token;
  const signIns = around.console && createSignIns(around.opened.pepper);
  const live = createLiveCounts({ clock: systemClock, underWay: around.underWay });
  let contracts = apis;
  let current: Promise<Loaded> | undefined;
  /** Those before it with calls that are under way, and itself. */
  const all = new Set<Promise<Loaded>>();
  const loaded = () => {
    if (current === undefined) {
      current = load({ apis: contracts, token: opens, live, signIns }, around);
      all.add(current);
    }
    return current;
  };
  const answer = async (call: Call) => {
    const { admin, watched } = await loaded();
    watched?.begin(call);
    return admin.answer(call);
  };
  const { isSecure = false } = around.console ?? {};
  /** The next call finds another one; those that are under way end as they began. */
  const retire = () => {
    const before = current;
    current = undefined;
    void before?.then(({ admin }) => admin.close()).finally(() => all.delete(before));
  };
  return {
    token: token.secret,
    answer,
    console: signIns && serveConsole({ signIns, token, isSecure, answer }),
    answered: live.answered,
    renew(apis) {
      refuseBeside(apis);
      contracts = apis;
      retire();
    },
    endToken(secret) {
      if (secret !== token.secret) return undefined;
      if (opens !== token) return "had ended";
      // One that nobody is told.
      opens = newLocalSecret(systemClock, systemRandom);
      retire();
      return "ended";
    },
    async close() {
      live.stop();
      const closed = Promise.all([...all].map(async (one) => (await one).admin.close()));
      // Whoever watches, and takes nothing that is sent, must not hold up the stop.
      const leaving = new AbortController();
      const patience = systemClock.sleep(patienceMs, leaving.signal).catch(() => undefined);
      await Promise.race([closed, patience]);
      leaving.abort();
    },
  };
}

interface Loaded {
  readonly admin: Admin;
  readonly watched: ApiWatch | undefined;
}

interface Kept {
  readonly apis: readonly AnyApi[];
  readonly token: LocalSecret;
  readonly live: LiveCounts;
  readonly signIns: SignIns | undefined;
}

async function load(
  { apis, token, live, signIns }: Kept,
  { opened: { stores, pepper }, watch, warnings }: AdminSurroundings,
): Promise<Loaded> {
  const { createAdmin } = await import("../admin/admin.ts");
  const { admin: contract } = await import("../admin/contract/index.ts");
  const watched = watch?.forApi("sluice-admin", contract);
  const admin = createAdmin({
    ...{ stores, apis, pepper, live, token },
    ...(warnings && { warnings }),
    ...(signIns && { signIns, sessions: signIns.sessions }),
    ...(watched && { onEvent: watched.onEvent, onAnswer: watched.onAnswer }),
  });
  return { admin, watched };
}

function refuseBeside(apis: readonly AnyApi[]): void {
  const wrong = refuseApis(apis);
  if (wrong === undefined) return;
  const { what, advice } = wrong;
  throw new StartError(`The admin API cannot be served: ${what}; ${advice}, or switch it off.`);
}
