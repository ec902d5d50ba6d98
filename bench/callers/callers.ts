// The clients that are driven over real sockets, each with what it does without being told: one GET, its body as JSON.
// Each loads its own library and no other, so that no process carries more than it uses.

import { KEY } from "../src/client/peer.ts";

type Call = () => Promise<unknown>;

const PATH = "/workspaces";
const HEADERS = { authorization: `Bearer ${KEY}`, accept: "application/json" };

/** By name; each is told where the API is. */
export const callers: Readonly<Record<string, (base: string) => Promise<Call>>> = {
  fetch: async (base) => async () => (await fetch(base + PATH, { headers: HEADERS })).json(),

  undici: async (base) => {
    const { request } = await import("undici");
    return async () => (await request(base + PATH, { headers: HEADERS })).body.json();
  },

  "undici RetryAgent": async (base) => {
    const { Agent, RetryAgent, request } = await import("undici");
    const dispatcher = new RetryAgent(new Agent());
    return async () => (await request(base + PATH, { headers: HEADERS, dispatcher })).body.json();
  },

  "sluice calls over undici": async (base) => {
    const client = await sluice(base, true);
    return () => client.call("listWorkspaces", {});
  },

  "sluice fetch over undici": async (base) => {
    const client = await sluice(base, true);
    return async () => (await client.fetch(base + PATH)).json();
  },

  "sluice calls over fetch": async (base) => {
    const client = await sluice(base, false);
    return () => client.call("listWorkspaces", {});
  },

  ky: async (base) => {
    const { default: ky } = await import("ky");
    return () => ky(base + PATH, { headers: HEADERS }).json();
  },

  got: async (base) => {
    const { default: got } = await import("got");
    return () => got(base + PATH, { headers: HEADERS }).json();
  },

  "axios + axios-retry": async (base) => {
    const { default: axios } = await import("axios");
    const { default: axiosRetry } = await import("axios-retry");
    const own = axios.create();
    axiosRetry(own);
    return async () => (await own.get(base + PATH, { headers: HEADERS })).data;
  },

  "openai SDK": async (baseURL) => {
    const { default: OpenAI } = await import("openai");
    const own = new OpenAI({ apiKey: KEY, baseURL });
    return () => own.get(PATH);
  },

  "cockatiel over undici": async (base) => {
    const cockatiel = await import("cockatiel");
    const { request } = await import("undici");
    const policy = cockatiel.wrap(
      cockatiel.retry(cockatiel.handleAll, {
        maxAttempts: 3,
        backoff: new cockatiel.ExponentialBackoff(),
      }),
      cockatiel.circuitBreaker(cockatiel.handleAll, {
        halfOpenAfter: 10_000,
        breaker: new cockatiel.ConsecutiveBreaker(5),
      }),
    );
    return () =>
      policy.execute(async () => (await request(base + PATH, { headers: HEADERS })).body.json());
  },
};

/** With everything on, as one gets it. */
async function sluice(baseUrl: string, overUndici: boolean) {
  const { wire } = await import("@sluice-apis/mavera/wire");
  const { createClient, fetchTransport, undiciTransport } = await import("sluice/client");
  const { request } = await import("undici");
  const transport = overUndici
    ? undiciTransport({
        // Its types name the bodies that it takes; ours are among them.
        request: (url, options) => request(url, options as Parameters<typeof request>[1]),
      })
    : fetchTransport();
  return createClient(wire, { apiKey: KEY, baseUrl, transport, plan: "starter" });
}
