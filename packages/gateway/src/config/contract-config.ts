/** The contract as plain data: what callers see and what the gate enforces, in one place. */
import type {
  Action,
  Charged,
  FoldingRule,
  HeaderPolicy,
  KeyPlace,
  LimitOwner,
  Method,
  OperationExample,
  RefusedExample,
  RetryAdvice,
  Scope,
} from "sluice";
import type { JsonSchema } from "./schema/json-schema.ts";
import type { Duration, Size } from "./written.ts";

/** All but the operations. */
export interface ContractTerms {
  /** The API's name, as people say it. */
  readonly title: string;
  /** What it does, in one sentence, with which documents begin. */
  readonly summary?: string;
  /** Where callers reach it: `https://api.acme.dev`. Examples in documents use it. */
  readonly origin?: string;
  /** Where keys are made, as people find it: `Settings > API`. */
  readonly keysAt?: string;
  /** Where callers write for help: an e-mail address. */
  readonly support?: string;
  /** The address of the documents; `<docs>/errors/<code>` is the page of a code. */
  readonly docs?: string;
  /** The address of the status page. */
  readonly status?: string;
  /** What every path starts with: `"/v1"`. Upstreams see paths without it. @default none */
  readonly basePath?: string;
  /**
   * How an error body is written. `nested`: `{ error: { message, type, code, param } }`; `flat`: `{ error, code }`;
   * `problem`: `application/problem+json` (RFC 9457). @default "nested"
   */
  readonly envelope?: "nested" | "flat" | "problem";
  /** Codes of your own, and changes to those of the standard catalogue. @default the standard catalogue */
  readonly codes?: Readonly<Record<string, CodeConfig>>;
  /** Another code for a condition: `{ not_found: "NO_SUCH_THING" }`. @default each condition is its own code */
  readonly conditions?: Readonly<Record<string, SpellingConfig>>;
  /** Conditions that only this API has; its upstream reports them by name. */
  readonly domain?: Readonly<Record<string, SpellingConfig>>;
  /** A folder with a Markdown page `<code>.md` for each code that should not have the standard page. */
  readonly pages?: string;
  readonly key: KeyConfig;
  /** What accounts can buy, cheapest first. */
  readonly plans: Readonly<Record<string, PlanConfig>>;
  /** The plans that may call the API at all. @default all */
  readonly requires?: { readonly plans: readonly string[] };
  /** Rate limits: at most so many requests in any such time. @default none */
  readonly windows?: Readonly<Record<string, WindowConfig>>;
  /** Concurrency limits: at most so many calls at once. @default none */
  readonly slots?: Readonly<Record<string, SlotConfig>>;
  /**
   * Rate limits while their store cannot be reached. `local`: each process counts alone; `open`: everything passes;
   * `closed`: 503. Credits always fail closed. @default "local"
   */
  readonly limitsDown?: "open" | "local" | "closed";
  /** When accounts hear that their credits or a budget run low. */
  readonly warnings?: {
    /** Parts in percent, rising: 1 to 10 whole numbers from 1 to 100. @default [50, 75, 90, 100] */
    readonly percents: readonly number[];
  };
  /** How the upstream's errors become conditions, first fit first. @default none */
  readonly folding?: readonly FoldingRule[];
  /** Requests that are refused, by the code that they are refused with. For documents. @default made up from the schemas */
  readonly examples?: Readonly<Record<string, RefusedExample>>;
  readonly headers?: Partial<HeaderPolicy>;
}

export interface ContractConfig extends ContractTerms {
  /** Each call that the API offers: one method and path. */
  readonly operations: Readonly<Record<string, OperationConfig>>;
}

/** Operations come from an OpenAPI file (3.0 or 3.1); what stands beside it adds to it, and wins. */
export interface OpenApiContractConfig extends Omit<ContractTerms, "title"> {
  /** The file, YAML or JSON. References lead to it or to files beside it; the network is not asked. */
  readonly openapi: string;
  /** @default info.title */
  readonly title?: string;
  /** Operations of the file that are not served. @default none */
  readonly leaveOut?: readonly string[];
  /** By `operationId`, or by a new name for an operation that the file does not have. */
  readonly operations?: Readonly<Record<string, Partial<OperationConfig>>>;
}

/** A new code needs status, message, action and retry; a change to a standard one only what differs. */
export interface CodeConfig {
  /** 400 to 599. */
  readonly status?: number;
  /** The category of envelopes that have one. */
  readonly type?: string;
  /** May speak of `{param}`, `{expected}`, `{retryAfter}`, `{limit}`, `{allowed}`. */
  readonly message?: string;
  /** Who has to do what before the same call can succeed. */
  readonly action?: Action;
  /** What a client should do by itself. */
  readonly retry?: RetryAdvice;
  /** @default "no" */
  readonly charged?: Charged;
  /** `Retry-After`: always this, or this where nobody knows better. */
  readonly retryAfter?: { readonly always: Duration } | { readonly otherwise: Duration };
}

export type SpellingConfig =
  | string
  | {
      readonly code: string;
      readonly message?: string;
      /** Another code for a field or parameter. */
      readonly fields?: Readonly<Record<string, string>>;
      /** Another code in an operation. */
      readonly operations?: Readonly<Record<string, string>>;
    };

export interface KeyConfig {
  /** What a key starts with: `{ live: "acme_live_", test: "acme_test_" }`. */
  readonly prefixes: { readonly live: string; readonly test?: string };
  /** @default "base62" */
  readonly alphabet?: "hex" | "base62";
  /** Characters after the prefix. 24 to 128. @default 38 */
  readonly length?: number;
  /** `crc32` tells a mistyped key without a look-up. @default "crc32", or "none" for hex */
  readonly checksum?: "none" | "crc32";
  /** Where a request may carry the key. @default [{ bearer: true }] */
  readonly places?: readonly KeyPlace[];
}

export interface PlanConfig {
  /** @default the plan's name */
  readonly title?: string;
  /** Credits that come with the plan. @default none */
  readonly allowance?: {
    readonly credits: number;
    /** `monthly`: the first instant of each UTC month; or so long after the period began, when somebody needs it. */
    readonly reset: "monthly" | { readonly after: Duration };
  };
  /** Counts that the upstream checks; handed to it with each call. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface WindowConfig {
  /** Who shares it. */
  readonly per: LimitOwner;
  /** One number for all, or one a plan. */
  readonly limit: number | Readonly<Record<string, number>>;
  /** `"1m"`: any minute, not only those of the clock. 1 s to 24 d. */
  readonly within: Duration;
  /** The operations that count. @default all */
  readonly operations?: readonly string[];
}

export interface SlotConfig {
  readonly per: LimitOwner;
  readonly limit: number | Readonly<Record<string, number>>;
  readonly operations: readonly string[];
  /** What `Retry-After` says when none is free. @default "1s" */
  readonly retryAfter?: Duration;
}

export interface OperationConfig {
  readonly method: Method;
  /** After the base path: `"/brands/{brandId}"`. A last segment `{rest*}` stands for any number of segments. */
  readonly path: string;
  /** One sentence, for documents. */
  readonly summary: string;
  /** The path's parameters, as a schema of an object. @default texts */
  readonly params?: JsonSchema;
  /** The query, as a schema of an object. @default it is not read */
  readonly query?: JsonSchema;
  /** The JSON body. @default it is not read */
  readonly body?: JsonSchema;
  /** The body of a good answer, for documents. */
  readonly output?: JsonSchema;
  /** The status of a good answer, for documents. @default 200 */
  readonly successStatus?: number;
  /**
   * The conditions that the upstream can report, for documents.
   * @default those of the folding rules; `not_found` where the path has parameters
   */
  readonly reports?: readonly string[];
  /** An input that works, and what it is answered. For documents. @default made up from the schemas */
  readonly example?: OperationExample;
  /** @default free */
  readonly price?: PriceConfig;
  /** The plans that include it. @default all that may call */
  readonly plans?: readonly string[];
  /** The permission that a key needs. @default none */
  readonly permission?: string;
  /** Which workspace or project pays, where the input says so. @default the key's own */
  readonly scope?: Scope;
  /** The answer starts a job, whose end the upstream reports; `maxAge` later it is taken for dead. */
  readonly detaches?: { readonly maxAge: Duration };
  /** It answers with server-sent events, of which this one says that all went well. */
  readonly stream?: {
    readonly completion: { readonly event: string } | { readonly data: string };
  };
  /** It takes an `Idempotency-Key`. Not for GET. @default false */
  readonly idempotency?: boolean;
  /** How long the upstream may take. @default "30s" */
  readonly deadline?: Duration;
  /** At most 64 MiB, or 16384 MiB where the body goes through unread. @default "1MiB" */
  readonly bodyMax?: Size;
  /** The body goes through unread, of whatever type it is. @default false */
  readonly passesBody?: boolean;
  /** A `GET` may become a WebSocket, for as long as `deadline` says. @default it may not */
  readonly upgrades?: "websocket";
}

export type PriceConfig =
  /** The same each time, in credits. */
  | { readonly fixed: number }
  | {
      /** Held before the call; what the answer says is charged, which is never more. */
      readonly atMost: number;
      /** Where the answer says it. Left out where the end of the job does. */
      readonly actual?:
        | { readonly pointer: string; readonly inEvents?: string }
        | { readonly header: "Sluice-Cost" };
    }
  | {
      /** A route of the upstream that answers what the call would cost, and does nothing. */
      readonly quote: string;
      /** Where that answer has the credits. */
      readonly pointer: string;
    };
