// How a call of a client ended, once more: the client as it is, in virtual time, against a server that answers as the record says
// until the wait that it named is over; and then with one setting changed.

import { seededRandom, VirtualClock } from "../../base/index.ts";
import { type ClientOptions, createClient, fetchTransport } from "../../client/index.ts";
import { type AnyApi, mintKey } from "../../contract/index.ts";

/** What `toJSON` of a client's error gives, and its `why`. */
export interface PastFailure {
  readonly code: string;
  readonly status: number;
  /** `POST /responses`: below the base address. */
  readonly endpoint: string;
  readonly response?: unknown;
  readonly why: readonly string[];
}

export interface TriedAgain {
  readonly passes: boolean;
  /** From the first attempt to the end. */
  readonly tookMs: number;
  /** A sentence for each attempt. */
  readonly steps: readonly string[];
  /** Why it gave up; empty where it passed. */
  readonly why: readonly string[];
}

export interface WhyReplay {
  readonly again: TriedAgain;
  /** Whether it gives up for the same reason. */
  readonly agrees: boolean;
  readonly lacks: readonly string[];
  readonly changes: readonly { readonly what: string; readonly tried: TriedAgain }[];
}

const BASE = "https://replayed.invalid";
/** Longer than any client waits. */
const PATIENCE_MS = 7 * 86_400_000;
/** What an answer takes to be read, and more. */
const TURNS = 50;
const LONG_MS = 24 * 3_600_000;
const TOLD = /^(Retry-After\S*|X-Ratelimit-Reset|Ratelimit|Wait) ([\d.]+) (ms|s)$/i;

export async function replayWhy(api: AnyApi, past: PastFailure): Promise<WhyReplay> {
  const toldMs = toldIn(past.why);
  const again = await tryWith(api, past, toldMs, {});
  const [reason, now] = [past.why.at(-1) ?? "", again.why.at(-1) ?? ""];
  const agrees = !again.passes && kindOf(reason) === kindOf(now);
  const changes: { what: string; tried: TriedAgain }[] = [];
  for (const [what, options, headers] of trialsFor(reason)) {
    changes.push({ what, tried: await tryWith(api, past, toldMs, options, headers) });
  }
  return { again, agrees, lacks: lacksOf(past, reason, toldMs), changes };
}

type Trial = readonly [string, Partial<ClientOptions>, Readonly<Record<string, string>>?];

/** What might have helped, by why it gave up. */
function trialsFor(reason: string): readonly Trial[] {
  const patient = { waitMaxMs: LONG_MS, deadline: { totalMs: LONG_MS } };
  switch (kindOf(reason)) {
    case "longest wait":
      return [["a longer waitMaxMs, and a deadline that allows it", patient]];
    case "deadline in":
      return [["a deadline that allows the wait", { deadline: { totalMs: LONG_MS } }]];
    case "attempt":
      return [["five attempts", { attempts: 5, ...patient }]];
    case "might happen twice":
      return [["an Idempotency-Key", {}, { "idempotency-key": "replayed" }]];
    case "retry budget is spent":
      return [["no retry budget", { budget: false }]];
    default:
      return [];
  }
}

/** A reason without its numbers. */
function kindOf(reason: string): string {
  return reason.replace(/ ?\d.*$/, "").trim();
}

function lacksOf({ why, response }: PastFailure, reason: string, toldMs: number | undefined) {
  const lacks: string[] = [];
  if (why.length === 0) lacks.push("why: add the error's own list of reasons, error.why");
  if (response === undefined || response === null) lacks.push("the body of the answer");
  if (toldMs === undefined) lacks.push("when the server would have let it pass: it named no wait");
  if (kindOf(reason) === "retry budget is spent")
    lacks.push("what other calls had left of the budget");
  if (reason === "aborted") lacks.push("when its caller left");
  lacks.push("the client's settings: those are taken that it has unless told otherwise");
  return lacks;
}

function toldIn(why: readonly string[]): number | undefined {
  for (const reason of why) {
    const [, , count, unit] = TOLD.exec(reason) ?? [];
    if (count !== undefined) return Number(count) * (unit === "s" ? 1_000 : 1);
  }
  return undefined;
}

async function tryWith(
  api: AnyApi,
  { status, endpoint, response }: PastFailure,
  toldMs: number | undefined,
  options: Partial<ClientOptions>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TriedAgain> {
  const clock = new VirtualClock();
  const random = seededRandom("replay");
  const untilMs = toldMs ?? Number.POSITIVE_INFINITY;
  const steps: string[] = [];
  let why: readonly string[] = [];
  const answer = () => {
    const leftMs = untilMs - clock.monotonicMs();
    if (leftMs <= 0) return new Response("{}", { status: 200 });
    const wait = Number.isFinite(leftMs)
      ? { "retry-after": String(Math.ceil(leftMs / 1_000)) }
      : {};
    const said = typeof response === "string" ? response : JSON.stringify(response ?? {});
    return new Response(said, { status, headers: { ...wait, "content-type": "application/json" } });
  };
  const client = createClient(api.wire, {
    apiKey: mintKey(api.wire.key, "live", random),
    baseUrl: BASE + api.wire.basePath,
    transport: fetchTransport(() => Promise.resolve(answer())),
    ...{ clock, random, ...options },
    onEvent(event) {
      if (event.kind !== "failed") return;
      why = event.waitMs === undefined ? event.why : [];
      const next = event.waitMs === undefined ? "gives up" : `waits ${seconds(event.waitMs)}`;
      steps.push(
        `attempt ${event.attempts}: ${event.status ?? event.code}, ${next} (${event.why.join("; ")})`,
      );
    },
  });
  const [method = "GET", path = "/"] = endpoint.split(" ");
  const below = path.startsWith(api.wire.basePath) ? path.slice(api.wire.basePath.length) : path;
  const url = `${BASE}${api.wire.basePath}${below}`;
  let tookMs: number | undefined;
  const call = client.fetch(url, { method, headers }).then(
    ({ ok }) => ok,
    () => false,
  );
  void call.then(() => {
    tookMs = clock.monotonicMs();
  });
  // Bodies are read in real turns of the event loop, which take no virtual time.
  const settle = async () => {
    for (let turn = 0; turn < TURNS && tookMs === undefined; turn++) await clock.advance(0);
  };
  await settle();
  while (tookMs === undefined && (await clock.runNext(PATIENCE_MS))) await settle();
  const passes = await call;
  tookMs ??= clock.monotonicMs();
  if (passes) steps.push(`attempt ${steps.length + 1}: done, after ${seconds(tookMs)}`);
  return { passes, tookMs, steps, why: passes ? [] : why };
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
