// The admin API as a gateway serves it, on the internal listener. Loaded only where it is on: schemas take their time to load.

import type { AnyApi } from "sluice";
import { systemClock } from "sluice/base";
import type { Answer, Call, LogRow } from "sluice/gate";
import { type Admin, createAdmin } from "../admin/admin.ts";
import { refuseApis } from "../admin/apis-beside.ts";
import { admin } from "../admin/contract/index.ts";
import { createLiveCounts } from "../admin/live/live-counts.ts";
import { StartError } from "../start-error.ts";
import type { OpenedStores } from "../stores/opened.ts";
import type { Warnings } from "../warnings/warnings.ts";
import type { Watch } from "../watch/watch.ts";

export interface AdminSurroundings {
  readonly opened: OpenedStores;
  readonly watch: Watch | undefined;
  /** Undefined where nobody is warned. */
  readonly warnings: Warnings | undefined;
  /** Requests that are under way now, over all gates. */
  readonly underWay: () => number;
}

export interface ServedAdmin {
  /** An owner's, which ends with this process. */
  readonly token: string;
  /** Calls below the base path of its contract. Never rejects. */
  answer(call: Call): Promise<Answer>;
  /** To be told of each answer of each gate. */
  readonly answered: (row: LogRow) => void;
  /** These are the contracts from the next call on. Throws a `StartError` where they cannot be beside it. */
  renew(apis: readonly AnyApi[]): void;
  /** Ends what is watched, and resolves once nothing of it is under way. */
  close(): Promise<void>;
}

const patienceMs = 2_000;

export function serveAdmin(
  apis: readonly AnyApi[],
  { opened, watch, warnings, underWay }: AdminSurroundings,
): ServedAdmin {
  const live = createLiveCounts({ clock: systemClock, underWay });
  const watched = watch?.forApi("sluice-admin", admin);
  const { stores, pepper } = opened;
  const make = (apis: readonly AnyApi[], token?: string): Admin => {
    refuseBeside(apis);
    return createAdmin({
      stores,
      apis,
      pepper,
      live,
      ...(warnings && { warnings }),
      ...(token !== undefined && { token }),
      ...(watched && { onEvent: watched.onEvent, onAnswer: watched.onAnswer }),
    });
  };
  let current = make(apis);
  /** Those before it with calls that are under way, and itself. */
  const all = new Set([current]);
  return {
    token: current.token,
    answer(call) {
      watched?.begin(call);
      return current.answer(call);
    },
    answered: live.answered,
    renew(apis) {
      const before = current;
      current = make(apis, before.token);
      all.add(current);
      void before.close().finally(() => all.delete(before));
    },
    async close() {
      live.stop();
      const closed = Promise.all([...all].map((one) => one.close()));
      // Whoever watches, and takes nothing that is sent, must not hold up the stop.
      const leaving = new AbortController();
      const patience = systemClock.sleep(patienceMs, leaving.signal).catch(() => undefined);
      await Promise.race([closed, patience]);
      leaving.abort();
    },
  };
}

function refuseBeside(apis: readonly AnyApi[]): void {
  const wrong = refuseApis(apis);
  if (wrong === undefined) return;
  const { what, advice } = wrong;
  throw new StartError(`The admin API cannot be served: ${what}; ${advice}, or switch it off.`);
}
