/** axios on its own adapter for `fetch`, with axios-retry and its defaults. */
import axiosDefault from "axios";
import axiosRetry from "axios-retry";
import { initOf, type Peer, urlOf } from "../peer.ts";

export const axios: Peer = {
  name: "axios + axios-retry",
  knows: "nothing",
  open({ fetch, deadlineMs }) {
    const own = axiosDefault.create({
      adapter: "fetch",
      env: { fetch: fetch as typeof globalThis.fetch },
      ...(deadlineMs !== undefined && { timeout: deadlineMs }),
    });
    axiosRetry(own);
    return {
      send(call) {
        const { headers, body } = initOf(call);
        return own.request({
          url: urlOf(call),
          method: call.method,
          headers: headers as Record<string, string>,
          ...(body !== undefined && { data: body }),
        });
      },
    };
  },
};
