/** ky with its defaults. */
import kyDefault from "ky";
import { initOf, type Peer, urlOf } from "../peer.ts";

export const ky: Peer = {
  name: "ky",
  knows: "the headers",
  open({ fetch, deadlineMs }) {
    const own = kyDefault.create({
      fetch: fetch as typeof globalThis.fetch,
      ...(deadlineMs !== undefined && { totalTimeout: deadlineMs }),
    });
    return { send: (call) => own(urlOf(call), initOf(call)).text() };
  },
};
