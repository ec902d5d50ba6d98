// The gate's own answers without a gate: memory stores with two accounts, and a caller to choose.

import { isRefusal, type Refusal } from "sluice";
import { createRequestIds, seededRandom, VirtualClock } from "sluice/base";
import type { Caller, OwnContext, WorkDone } from "sluice/gate";
import { createMemoryStores, type MemoryStores } from "sluice/store/memory";
import { mavera } from "../../contract/index.ts";

export const nowMs = Date.UTC(2026, 1, 10, 12);
export const accountId = "acct_1";
export const strangerId = "acct_2";

const change = { by: "operator", atMs: nowMs };
const { allowance, limits = {} } = mavera.server.plans.basic;

export interface Office {
  readonly stores: MemoryStores;
  /** Who calls, and when: the first account, today, unless told otherwise. */
  context(caller?: Partial<Caller>, atMs?: number): OwnContext;
  addWorkspace(id: string, more?: { budget?: number; accountId?: string }): void;
  addProject(id: string, workspaceId: string, more?: { accountId?: string }): void;
}

export function openOffice(): Office {
  const stores = createMemoryStores();
  const { directory } = stores;
  for (const id of [accountId, strangerId]) {
    directory.putAccount({ id, name: id, plan: "basic", subscription: "active" }, change);
  }
  const newId = createRequestIds(new VirtualClock(nowMs), seededRandom("mavera answers tests"));
  return {
    stores,
    context(caller = {}, atMs = nowMs) {
      const windowMs = 60_000;
      return {
        caller: {
          ...{ accountId, keyId: "key_1", environment: "live", plan: "basic", limits },
          ...caller,
        },
        requestId: "request",
        signal: new AbortController().signal,
        stores,
        funds: { accountId: caller.accountId ?? accountId, allowance },
        windows: [{ id: "requests:key_1", limit: 120, windowMs, cost: 1 }],
        nowMs: atMs,
        newId,
      };
    },
    addWorkspace(id, more = {}) {
      directory.putWorkspace({ id, accountId, name: id, ...more }, change);
    },
    addProject(id, workspaceId, more = {}) {
      directory.putProject({ id, accountId, workspaceId, name: id, ...more }, change);
    },
  };
}

export interface Read {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers have many shapes, which the tests spell out
  readonly body: any;
}

/** The status and the body of an answer; throws where it is a refusal. */
export async function read(answer: unknown): Promise<Read> {
  const done = (await answer) as WorkDone | Refusal;
  if (isRefusal(done)) throw new Error(`refused: ${done.condition}`);
  return { status: done.status, body: JSON.parse(String(done.body)) };
}
