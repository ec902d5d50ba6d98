/** The OpenAI SDK with its defaults, and with more retries. */
import OpenAI, { type ClientOptions } from "openai";
import { BASE, KEY, mayRepeat, PATHS, type Peer } from "../peer.ts";

const TUNING = { maxRetries: 4 } satisfies ClientOptions;

export const openai: Peer = openaiWith("openai SDK");

export const openaiTuned: Peer = {
  ...openaiWith("openai SDK, tuned", TUNING),
  tuning: { ...TUNING, post: "0 without a key" },
};

function openaiWith(name: string, options?: ClientOptions): Peer {
  const tuned = options !== undefined;
  return {
    name,
    knows: "nothing",
    open({ fetch, deadlineMs }) {
      const own = new OpenAI({
        ...options,
        apiKey: KEY,
        baseURL: BASE,
        fetch,
        ...(deadlineMs !== undefined && { timeout: deadlineMs }),
      });
      return {
        async send(call) {
          const { method, headers } = call;
          if (method === "GET") return await own.get(PATHS.GET, { headers });
          const once = tuned && !mayRepeat(call) ? { maxRetries: 0 } : {};
          return await own.post(PATHS.POST, { headers, body: {}, ...once });
        },
      };
    },
  };
}
