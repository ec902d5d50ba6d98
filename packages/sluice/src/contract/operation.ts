/** Operations: one method and path of the API each. What both ends know, and what only the gate knows. */
import type { Price } from "./price.ts";
import type { Schema } from "./schema.ts";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** The wire layer of an operation: what a caller must know. */
export interface WireOperation {
  readonly method: Method;
  /** After the API's base path: `/brands/{brandId}`. */
  readonly path: string;
  /** One sentence, for documents. */
  readonly summary: string;
  /** Whether the operation accepts an `Idempotency-Key`. Not for GET. @default false */
  readonly idempotency?: boolean;
}

/** The server layer of an operation. */
export interface ServerOperation<Plan extends string = string> {
  /** Path parameters. Required where the path has any. */
  readonly params?: Schema;
  /** Query parameters; absent means that the query is not read. */
  readonly query?: Schema;
  /** JSON body; absent means that a body is not read. */
  readonly body?: Schema;
  /** The success body. For documents and types; not checked at run time. */
  readonly output?: Schema;
  /** @default free */
  readonly price?: Price;
  /** The plans that include the operation. @default the API's `requires` */
  readonly plans?: readonly Plan[];
  /** The permission that a key needs. @default none */
  readonly permission?: string;
  /** Bytes. @default 1 MiB */
  readonly bodyBytesMax?: number;
  /** How long the handler or the upstream may take. @default 30,000 */
  readonly deadlineMs?: number;
}

export const BODY_BYTES_DEFAULT = 1_048_576;
export const BODY_BYTES_MAX = 64 * 1_048_576;
export const DEADLINE_MS_DEFAULT = 30_000;
export const DEADLINE_MS_MAX = 60 * 60 * 1_000;
