// What an application does with the client, as a program that any runtime can run: prints one report, in which nothing
// may depend on the runtime.

import { type mavera, wire } from "@sluice-apis/mavera/contract";
import { defineWire, standard } from "sluice";
import {
  type ClientOptions,
  createClient,
  isApiErrorOf,
  type PublicEvent,
  type UndiciLike,
  undiciTransport,
} from "sluice/client";

/** Where everything is; the program's one argument, as JSON. */
export interface Errand {
  /** Mavera behind a real gate, with the keys of an account that can pay and of one that has lapsed. */
  readonly mavera: { readonly baseUrl: string; readonly payer: string; readonly lapsed: string };
  /** A server by script: see `runtimes.ts`. */
  readonly scripted: string;
  /** An address of the `undici` module, where its transport is to be used. */
  readonly undici: string | undefined;
}

const question = { body: { model: "mavera-1", input: "Hello" } } as const;

const small = defineWire({
  ...standard.wire,
  about: { title: "Small" },
  basePath: "/v1",
  key: { prefixes: { live: "small_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 6, windowMs: 1_000 } },
  headers: { rateLimit: "none" },
  operations: {
    flaky: { method: "GET", path: "/flaky", summary: "Fails once." },
    away: { method: "GET", path: "/away", summary: "Is never there." },
    paced: { method: "GET", path: "/paced", summary: "Six a second." },
  },
});

async function refusalOf(work: Promise<unknown>, apiKey: string, events: readonly PublicEvent[]) {
  try {
    await work;
  } catch (error) {
    if (!isApiErrorOf(wire, error)) throw error;
    const { name, code, status, action, attempts, retryable, charged, userMessage } = error;
    const printed = [error.stack, String(error), JSON.stringify(error), JSON.stringify(events)];
    const isKeySafe = !printed.join("\n").includes(apiKey.slice(10));
    return { name, code, status, action, attempts, retryable, charged, userMessage, isKeySafe };
  }
  throw new Error("it was answered");
}

async function report({ mavera: api, scripted, undici }: Errand) {
  const module: UndiciLike | undefined = undici === undefined ? undefined : await import(undici);
  const events: PublicEvent[] = [];
  const shared: Partial<ClientOptions> = {
    onEvent: (event) => events.push(event),
    ...(module && { transport: undiciTransport(module) }),
  };
  const clientOf = (apiKey: string) =>
    createClient<typeof mavera>(wire, { apiKey, baseUrl: api.baseUrl, ...shared });
  const payer = clientOf(api.payer);

  const { object, status, model } = (await payer.call("createResponse", question)) as never;
  const names: (string | undefined)[] = [];
  const body = { ...question.body, stream: true };
  for await (const { name } of payer.stream("createResponse", { body })) {
    if (names.at(-1) !== name) names.push(name);
  }
  const answer = await payer.fetch(`${api.baseUrl}/personas`, { headers: { accept: "*/*" } });
  const fetched = {
    status: answer.status,
    type: answer.headers.get("content-type"),
    members: Object.keys((await answer.json()) as object),
  };
  const lapsed = clientOf(api.lapsed);
  const refused = await refusalOf(lapsed.call("createResponse", question), api.lapsed, events);

  const apiKey = `small_${"a1B2".repeat(8)}`;
  // Nothing on this machine may take a second to get to another process and back, or the check of pacing says so.
  const tried = createClient(small, {
    apiKey,
    baseUrl: `${scripted}/v1`,
    pacing: { jitterMs: 1_000 },
    ...shared,
  });
  events.length = 0;
  const repeated = await tried.call("flaky", {});
  const kinds = events.map(({ kind }) => kind);
  const caller = new AbortController();
  const left = tried.call("away", {}, { signal: caller.signal }).then(
    () => "answered",
    (reason: unknown) => reason,
  );
  while (events.at(-1)?.kind !== "failed") await new Promise((resolve) => setTimeout(resolve, 5));
  caller.abort("the caller left");
  const aborted = await left;

  const paced = createClient(small, {
    apiKey,
    baseUrl: `${scripted}/v1`,
    pacing: { jitterMs: 1_000 },
    ...shared,
  });
  events.length = 0;
  const calls = Array.from({ length: 12 }, () => paced.call("paced", {}));
  const answered = (await Promise.all(calls)).length;
  return {
    called: { object, status, model },
    streamed: names,
    fetched,
    refused,
    repeated: { body: repeated, kinds },
    aborted,
    paced: { answered, failed: events.filter(({ kind }) => kind === "failed").length },
  };
}

console.log(JSON.stringify(await report(JSON.parse(process.argv[2] ?? "") as Errand)));
