// Press, a small API that has one of everything that an adapter could get wrong, and two accounts that call it.

import { atMost, defineApi, defineWire, fixed, monthly, quote, standard } from "sluice";
import { seededRandom, type VirtualClock } from "sluice/base";
import { createGate, type Gate, type GateEvent, type Stores, type Upstream } from "sluice/gate";
import { z } from "zod";

export const BURST = 5;
export const DEADLINE_MS = 5_000;
export const UPLOAD_BYTES_MAX = 100_000;
export const ALLOWANCE = 100;

const wire = defineWire({
  ...standard.wire,
  about: { title: "Press" },
  basePath: "/v1",
  key: {
    prefixes: { live: "press_" },
    alphabet: "base62",
    length: 32,
    places: [{ header: "X-API-Key" }, { bearer: true }],
  },
  plans: ["free", "pro"],
  windows: {
    requests: { per: "key", limit: 1_000, windowMs: 60_000 },
    burst: { per: "key", limit: BURST, windowMs: 10_000, operations: ["count"] },
  },
  slots: { presses: { per: "account", limit: 2, operations: ["print", "wait"] } },
  headers: { rateLimit: "x-ratelimit", creditsRemaining: "X-Credits-Remaining" },
  operations: {
    hello: { method: "GET", path: "/hello", summary: "Says hello." },
    count: { method: "GET", path: "/count", summary: "Is counted." },
    readNote: { method: "GET", path: "/notes/{noteId}", summary: "Reads a note." },
    deleteNote: { method: "DELETE", path: "/notes/{noteId}", summary: "Deletes a note." },
    print: { method: "POST", path: "/prints", summary: "Prints.", idempotency: true },
    ask: { method: "GET", path: "/answers", summary: "Answers, for what it took." },
    launch: { method: "POST", path: "/launches", summary: "Launches, at a quoted price." },
    wait: { method: "POST", path: "/waits", summary: "Waits." },
    upload: { method: "PUT", path: "/uploads", summary: "Takes a file." },
    tell: {
      method: "POST",
      path: "/stories",
      summary: "Tells a story.",
      stream: { completion: { event: "done" } },
    },
    nobody: { method: "GET", path: "/nobody", summary: "Is done by nobody." },
  },
});

const text = z.object({ text: z.string().min(1).max(200) });

export const press = defineApi(
  wire,
  {
    plans: {
      free: { title: "Free" },
      pro: { title: "Pro", allowance: { credits: ALLOWANCE, reset: monthly } },
    },
    operations: {
      hello: {},
      count: {},
      readNote: {
        params: z.object({ noteId: z.string().regex(/^note_\w{1,8}$/) }),
        query: z.object({ lines: z.coerce.number().int().min(1).max(50).default(1) }),
      },
      deleteNote: { params: z.object({ noteId: z.string() }) },
      print: {
        body: text.extend({ copies: z.number().default(1) }),
        bodyBytesMax: 400,
        price: fixed(10),
      },
      ask: { price: atMost(10, { pointer: "/credits" }) },
      launch: {
        body: z.object({ size: z.number().int() }),
        price: quote("/launches/quote", { pointer: "/credits" }),
      },
      wait: { body: text, price: fixed(10), deadlineMs: DEADLINE_MS },
      upload: { passesBody: true, bodyBytesMax: UPLOAD_BYTES_MAX, price: fixed(5) },
      tell: {
        body: text,
        price: atMost(10, { pointer: "/credits", inEvents: "/credits" }),
        deadlineMs: DEADLINE_MS,
      },
      nobody: {},
    },
    folding: [
      { when: { status: 404 }, condition: "not_found" },
      { when: { status: 409 }, condition: "conflict", param: { pointer: "/field" } },
    ],
  },
  standard.pages,
);

export interface World {
  readonly gate: Gate;
  readonly events: GateEvent[];
  /** Keys of an account with credits, and of one without. */
  readonly keys: { readonly pro: string; readonly free: string };
  credits(): Promise<{ remaining: number; held: number; used: number }>;
}

/** The same for the same clock: keys, request ids, everything that chance decides. */
export async function createWorld(
  stores: Stores,
  upstream: Upstream,
  clock: VirtualClock,
): Promise<World> {
  const events: GateEvent[] = [];
  const gate = createGate(press, {
    stores,
    upstream,
    clock,
    pepper: new Uint8Array(32).fill(7),
    random: seededRandom("press"),
    onEvent: (event) => events.push(event),
  });
  const secrets: string[] = [];
  for (const plan of ["pro", "free"]) {
    const change = { by: "test", atMs: clock.wallMs() };
    const account = { id: plan, name: plan, plan, subscription: "active" } as const;
    await stores.directory.putAccount(account, change);
    secrets.push((await gate.keys.create({ accountId: plan, name: plan, by: "test" })).secret);
  }
  const [pro = "", free = ""] = secrets;
  const { allowance } = press.server.plans.pro;
  const funds = { accountId: "pro", allowance };
  return {
    gate,
    events,
    keys: { pro, free },
    credits: async () => stores.ledger.balance(funds, clock.wallMs()),
  };
}
