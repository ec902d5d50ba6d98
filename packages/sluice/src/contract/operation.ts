/** Operations: one method and path of the API each. What both ends know, and what only the gate knows. */
import { DAY_MS, HOUR_MS } from "../base/index.ts";
import type { OperationExample } from "./example.ts";
import type { Price } from "./price.ts";
import type { Schema } from "./schema.ts";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** The wire layer of an operation: what a caller must know. */
export interface WireOperation {
  readonly method: Method;
  /** After the API's base path: `/brands/{brandId}`; a last `{rest*}` stands for any number of segments. */
  readonly path: string;
  /** One sentence, for documents. */
  readonly summary: string;
  /** Whether the operation accepts an `Idempotency-Key`. Not for GET. @default false */
  readonly idempotency?: boolean;
  /** How it answers where it answers with events. @default it never does */
  readonly stream?: EventStream;
}

/** Server-sent events (WHATWG HTML, 9.2) in place of one body. */
export interface EventStream {
  /** The event that says that all went well: it leaves only once the call is settled. */
  readonly completion: Completion;
}

/** By the event's name; or by its whole data, for streams that end with `data: [DONE]`. */
export type Completion = { readonly event: string } | { readonly data: string };

/** Whether an event says that all went well. */
export function isCompletion(completion: Completion, { name, data }: EventWords): boolean {
  return "event" in completion ? name === completion.event : data === completion.data;
}

interface EventWords {
  readonly name: string | undefined;
  readonly data: string | undefined;
}

/** Protocols that a connection may be upgraded to (RFC 6455). */
export const UPGRADE_PROTOCOLS = ["websocket"] as const;
export type UpgradeProtocol = (typeof UPGRADE_PROTOCOLS)[number];

/** Where an input holds something: a JSON pointer (RFC 6901) into the body, or a parameter's name. */
export type InputPlace =
  | { readonly body: string }
  | { readonly query: string }
  | { readonly param: string };

/** Which workspace or project pays, where the input says so. It must be the caller's own. */
export interface Scope {
  readonly workspace?: InputPlace;
  readonly project?: InputPlace;
}

/** Work that goes on after the answer. */
export interface Detachment {
  /** A job of which nobody has reported the end by then is taken for dead: its slot and its hold come free. */
  readonly maxAgeMs: number;
}

/** The server layer of an operation. */
export interface ServerOperation<Plan extends string = string> {
  /** Path parameters. Required where the path has any. */
  readonly params?: Schema;
  /** Query parameters; absent means that the query is not read. */
  readonly query?: Schema;
  /** JSON body; absent means that a body is not read. */
  readonly body?: Schema;
  /**
   * The body goes on unread and as it comes, whatever its type: uploads, forms. Bytes are counted on the way.
   * @default a body that has no schema is not read
   */
  readonly passesBody?: true;
  /**
   * A `GET` that offers to become a WebSocket goes on as one, where what is behind the gate takes the offer up. Slot and hold
   * stay taken until either side ends the connection, at the latest `deadlineMs` after the call; then its price is charged.
   * @default an offer is passed over
   */
  readonly upgrades?: UpgradeProtocol;
  /** The success body. For documents and types; not checked at run time. */
  readonly output?: Schema;
  /** Of a success. For documents; not checked at run time. @default 200 */
  readonly successStatus?: number;
  /** An input that works, and what it is answered. For documents. @default made up from the schemas */
  readonly example?: OperationExample;
  /**
   * The conditions that whatever answers can report. For documents and types; not checked at run time.
   * @default those that the folding rules name; `not_found` where the path has parameters
   */
  readonly reports?: readonly string[];
  /** @default free */
  readonly price?: Price;
  /** The plans that include the operation. @default the API's `requires` */
  readonly plans?: readonly Plan[];
  /** The permission that a key needs. @default none */
  readonly permission?: string;
  /** Bytes; at most 64 MiB, or 16 GiB where it goes on unread. @default 1 MiB */
  readonly bodyBytesMax?: number;
  /** How long the handler or the upstream may take. @default 30,000 */
  readonly deadlineMs?: number;
  /** @default the key's own workspace and project pay */
  readonly scope?: Scope;
  /**
   * The answer starts a job: slot and hold stay with it until the upstream reports its end.
   * @default the work is done when the answer is there
   */
  readonly detaches?: Detachment;
  /**
   * The answer holds a secret, so it is never kept: whoever repeats its idempotency key hears `replay_unavailable`.
   * @default answers are kept for a repeated key
   */
  readonly shownOnce?: true;
  /** `gate`: about what the gate itself keeps (usage, workspaces, projects). @default the upstream answers */
  readonly answeredBy?: "gate";
}

export const BODY_BYTES_DEFAULT = 1_048_576;
export const BODY_BYTES_MAX = 64 * 1_048_576;
/** Of a body that is not kept. */
export const PASSED_BYTES_MAX = 16 * 1_024 * 1_048_576;
export const DEADLINE_MS_DEFAULT = 30_000;
export const DEADLINE_MS_MAX: number = HOUR_MS;
export const JOB_AGE_MS_MIN = 1_000;
export const JOB_AGE_MS_MAX: number = 7 * DAY_MS;
