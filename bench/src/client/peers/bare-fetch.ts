/** `fetch` by hand: one request for each call. */
import { initOf, type Peer, readWhole, urlOf } from "../peer.ts";

export const bareFetch: Peer = {
  name: "bare fetch",
  knows: "nothing",
  open: ({ fetch, deadlineMs }) => ({
    async send(call) {
      if (deadlineMs === undefined) return readWhole(await fetch(urlOf(call), initOf(call)));
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new Error("too late")), deadlineMs);
      try {
        const init = { ...initOf(call), signal: controller.signal };
        return await readWhole(await fetch(urlOf(call), init));
      } finally {
        clearTimeout(timer);
      }
    },
  }),
};
