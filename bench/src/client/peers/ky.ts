/** ky with its defaults, and as its page says to set it against a server in trouble. */
import kyDefault, { type Options } from "ky";
import { initOf, type Peer, urlOf } from "../peer.ts";

const TUNING = {
  retry: { limit: 4, jitter: true, backoffLimit: 8_000, retryOnTimeout: true },
} satisfies Options;

export const ky: Peer = kyWith("ky");

export const kyTuned: Peer = { ...kyWith("ky, tuned", TUNING), tuning: TUNING };

function kyWith(name: string, options: Options = {}): Peer {
  return {
    name,
    knows: "the headers",
    open({ fetch, deadlineMs }) {
      const own = kyDefault.create({
        ...options,
        fetch: fetch as typeof globalThis.fetch,
        ...(deadlineMs !== undefined && { totalTimeout: deadlineMs }),
      });
      return { send: (call) => own(urlOf(call), initOf(call)).text() };
    },
  };
}
