/** The OpenAI SDK with its defaults. */
import OpenAI from "openai";
import { BASE, KEY, PATHS, type Peer } from "../peer.ts";

export const openai: Peer = {
  name: "openai SDK",
  knows: "nothing",
  open({ fetch, deadlineMs }) {
    const own = new OpenAI({
      apiKey: KEY,
      baseURL: BASE,
      fetch,
      ...(deadlineMs !== undefined && { timeout: deadlineMs }),
    });
    return {
      send: async ({ method, headers }) =>
        method === "GET"
          ? await own.get(PATHS.GET, { headers })
          : await own.post(PATHS.POST, { headers, body: {} }),
    };
  },
};
