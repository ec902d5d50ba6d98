// The plain API on a bad day: it breaks or hangs when a request asks for it.

import { HeldBack } from "@sluice-internal/both-ways/held-back";
import type { FetchHandler } from "sluice/gate";
import { type LiveApi, type LiveApiOptions, startApi } from "./live-api.ts";

/** What a handler throws; none of it may reach a caller. */
export const internals = "SELECT * FROM personas: deadlock at /srv/mavera/personas.ts:42";

export interface TroublesomeApi {
  readonly api: LiveApi;
  readonly held: HeldBack;
}

export async function startTroublesomeApi(
  options: Omit<LiveApiOptions, "wrap"> = {},
): Promise<TroublesomeApi> {
  const held = new HeldBack();
  const wrap = (fetch: FetchHandler): FetchHandler => {
    const holding = held.wrap(fetch);
    return (request, caller) => {
      if (request.headers.has("x-break")) throw new Error(internals);
      return (request.headers.has("x-hold") ? holding : fetch)(request, caller);
    };
  };
  return { api: await startApi({ ...options, wrap }), held };
}
