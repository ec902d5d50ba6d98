/**
 * The wire layer of a contract: what both ends must agree on, and nothing else. Small, isomorphic and free of
 * schemas, so that a browser client can load it.
 */
import type { CodeEntry, Conditions, Spelling } from "./catalogue.ts";
import type { Envelope } from "./envelope.ts";
import type { HeaderPolicy } from "./headers.ts";
import type { KeyFormat } from "./key.ts";
import type { SlotLimit, WindowLimit } from "./limit.ts";
import type { WireOperation } from "./operation.ts";
import type { Spellings } from "./spelling.ts";

export interface About {
  /** The API's name, as people say it. */
  readonly title: string;
  /** What it does, in one sentence, with which documents begin. */
  readonly summary?: string;
  /** Where callers reach it, without the base path: `https://api.acme.dev`. @default documents show a placeholder */
  readonly origin?: string;
  /** Where keys are made and revoked, as people find it: `Settings > Developer`. */
  readonly keysAt?: string;
  /** Where callers write for help: an e-mail address. */
  readonly support?: string;
  /** Addresses of the documents and of the status page. */
  readonly docs?: string;
  readonly status?: string;
}

export interface WireDeclaration<
  Code extends string,
  Operation extends string,
  Plan extends string,
  Domain extends string = never,
> {
  readonly about: About;
  /** What every path starts with: `/api/v1`. Empty for none. */
  readonly basePath: string;
  readonly envelope: Envelope;
  /** The catalogue: every code that this API can answer. Never rename or reuse one. */
  readonly codes: Readonly<Record<Code, CodeEntry>>;
  /** How each condition is spelled; the type checker wants them all. */
  readonly conditions: Conditions<NoInfer<Code>, NoInfer<Operation>>;
  /** Conditions that only this API has; its upstream reports them by name. */
  readonly domain?: Readonly<Record<Domain, Spelling<NoInfer<Code>, NoInfer<Operation>>>>;
  readonly key: KeyFormat;
  /** The names of the plans, cheapest first. */
  readonly plans: readonly Plan[];
  /** Rate windows by name. Headers speak of the first that counts the call. */
  readonly windows: Readonly<Record<string, WindowLimit<NoInfer<Plan>, NoInfer<Operation>>>>;
  /** Concurrency limits by name. */
  readonly slots?: Readonly<Record<string, SlotLimit<NoInfer<Plan>, NoInfer<Operation>>>>;
  readonly headers: HeaderPolicy;
  readonly operations: Readonly<Record<Operation, WireOperation>>;
}

/** A declaration that was checked, with its compiled spellings. */
export interface Wire<
  Code extends string = string,
  Operation extends string = string,
  Plan extends string = string,
  Domain extends string = string,
> extends WireDeclaration<Code, Operation, Plan, Domain> {
  readonly spellings: Spellings;
}

/** What code of ours that works with any contract asks for. */
export type AnyWire = Wire<string, string, string, string>;

/** The union of a contract's codes. */
export type CodeOf<W> = W extends { readonly codes: Readonly<Record<infer Code, CodeEntry>> }
  ? Code
  : never;

/** The union of a contract's operations. */
export type OperationOf<W> = W extends {
  readonly operations: Readonly<Record<infer Name, unknown>>;
}
  ? Name & string
  : never;

/** The union of a contract's plans. */
export type PlanOf<W> = W extends { readonly plans: readonly (infer Name)[] }
  ? Name & string
  : never;

/** The address of the page about a code; `about:blank` where there are no documents (RFC 9457 §4.2.1). */
export function helpUrl({ about: { docs } }: Pick<AnyWire, "about">, code: string): string {
  return docs === undefined ? "about:blank" : `${docs.replace(/\/$/, "")}/errors/${code}`;
}
