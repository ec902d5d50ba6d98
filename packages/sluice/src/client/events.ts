/** What happens to calls, as it happens: for logs, metrics and traces. Events carry no key, no header and no body. */

import type { LogicalCall } from "./call/logical-call.ts";
import type { Decision } from "./decide/decide.ts";
import type { Failure } from "./failure/failure.ts";
import type { Redact } from "./failure/redaction.ts";
import type { Turn } from "./turn.ts";

export type ClientEvent =
  /** A call begins. */
  | { readonly kind: "begun"; readonly call: LogicalCall }
  /** An attempt leaves, with its turn where it had to get one. */
  | {
      readonly kind: "sent";
      readonly call: LogicalCall;
      readonly attempts: number;
      readonly turn: Turn | undefined;
    }
  /** An attempt failed, and what was decided. */
  | {
      readonly kind: "failed";
      readonly call: LogicalCall;
      readonly failure: Failure;
      readonly attempts: number;
      readonly decision: Decision;
    }
  /** The call is over; undefined where its caller left. */
  | {
      readonly kind: "ended";
      readonly call: LogicalCall;
      readonly ended: Ending | undefined;
    }
  /** The breaker of an operation opened, half-opened or closed. */
  | { readonly kind: "breaker"; readonly operation: string | undefined; readonly state: string }
  /** Something about the key or the policies that will not go well. */
  | { readonly kind: "warning"; readonly message: string };

interface Ending {
  readonly attempts: number;
  /** Of a call that went well. */
  readonly answer?: { readonly status: number };
  /** Of one that was given up. */
  readonly failure?: Failure;
}

export type ClientListener = (event: PublicEvent) => void;

/** Which call it is about, and where that goes. */
interface OfCall {
  /** The same in all events of one call, and in those of no other. */
  readonly call: number;
  readonly operation: string | undefined;
  readonly method: string;
  /** Of the server: `https://api.example.com`. */
  readonly origin: string;
  /** Without the query. */
  readonly path: string;
}

/** The same, without what only the client itself may see. */
export type PublicEvent =
  | ({ readonly kind: "begun" } & OfCall)
  | ({
      readonly kind: "sent";
      readonly attempts: number;
      /** How long it waited for its turn. */
      readonly waitedMs: number;
      /** Why: the server's rate, or as many calls on their way as may be. Undefined where it did not wait. */
      readonly heldBy: "rate" | "concurrency" | undefined;
      /** Adds a header to this attempt: `traceparent`, say. What the call itself sends stays as it is. */
      readonly addHeader: (name: string, value: string) => void;
    } & OfCall)
  | ({
      readonly kind: "failed";
      readonly attempts: number;
      readonly code: string;
      readonly status: number | undefined;
      readonly requestId: string | undefined;
      /** How long it will wait before it tries again; undefined where it gives up. */
      readonly waitMs: number | undefined;
      readonly why: readonly string[];
    } & OfCall)
  | ({
      /** The last of a call. An answer that streams has begun by then. */
      readonly kind: "ended";
      /** Undefined where its caller left. */
      readonly attempts: number | undefined;
      /** Of the last answer. */
      readonly status: number | undefined;
      /** What it failed with; undefined where it went well, `aborted` where its caller left. */
      readonly code: string | undefined;
    } & OfCall)
  | Extract<ClientEvent, { kind: "breaker" | "warning" }>;

/** Answers the headers that a listener added, if any. */
export type Tell = (event: ClientEvent) => Readonly<Record<string, string>> | undefined;

/** Whoever listens must not cost a call its answer. Without a listener, warnings go to the console. */
export function createTell(listener: ClientListener | undefined, redact: Redact): Tell {
  if (listener === undefined) return printWarning;
  const known = new WeakMap<LogicalCall, OfCall>();
  const placeOf = createPlaces(redact);
  let last = 0;
  const about = (call: LogicalCall): OfCall => {
    let facts = known.get(call);
    if (facts === undefined) {
      const { operation, method, url } = call;
      facts = { call: ++last, operation, method, ...placeOf(url) };
      known.set(call, facts);
    }
    return facts;
  };
  return (event) => {
    let added: Record<string, string> | undefined;
    try {
      if (event.kind === "breaker" || event.kind === "warning") listener(event);
      else {
        listener({
          ...about(event.call),
          ...factsOf(event, (name, value) => {
            added = { ...added, [name.toLowerCase()]: value };
          }),
        });
      }
    } catch {
      // It has been told.
    }
    return added;
  };
}

const PLACES_MAX = 256;

/** Most calls go where others went: what their addresses may show is worked out once. */
function createPlaces(redact: Redact): (url: string) => Pick<OfCall, "origin" | "path"> {
  const places = new Map<string, Pick<OfCall, "origin" | "path">>();
  return (url) => {
    const query = url.search(/[?#]/);
    const bare = query === -1 ? url : url.slice(0, query);
    let place = places.get(bare);
    if (place === undefined) {
      const origin = bare.slice(0, bare.length - bare.replace(ORIGIN, "").length);
      place = { origin, path: redact(pathOf(bare)) };
      if (places.size >= PLACES_MAX) places.clear();
      places.set(bare, place);
    }
    return place;
  };
}

type CallEvent = Exclude<ClientEvent, { kind: "breaker" | "warning" }>;

function factsOf(event: CallEvent, addHeader: (name: string, value: string) => void) {
  switch (event.kind) {
    case "begun":
      return { kind: event.kind };
    case "sent": {
      const { kind, attempts, turn } = event;
      return { kind, attempts, waitedMs: turn?.waitedMs ?? 0, heldBy: turn?.heldBy, addHeader };
    }
    case "failed": {
      const { kind, attempts, failure, decision } = event;
      const { code, status, requestId } = failure;
      const waitMs = decision.kind === "wait" ? decision.ms : undefined;
      return { kind, attempts, code, status, requestId, waitMs, why: decision.why };
    }
    case "ended": {
      const { kind, ended } = event;
      const { attempts, answer, failure } = ended ?? {};
      const status = answer?.status ?? failure?.status;
      return { kind, attempts, status, code: ended ? failure?.code : "aborted" };
    }
  }
}

const ORIGIN = /^[a-z]+:\/\/[^/?#]*/i;

/** Without the query, which may hold what nobody should keep. */
export function pathOf(url: string): string {
  return url.replace(ORIGIN, "").split(/[?#]/, 1)[0] || "/";
}

function printWarning(event: ClientEvent): undefined {
  if (event.kind === "warning") console.warn(`sluice: ${event.message}`);
}
