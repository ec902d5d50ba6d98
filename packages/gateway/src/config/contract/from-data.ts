/** A contract that is written as data becomes one that a gate can serve; complaints name the places in the data. */
import {
  type ActualCost,
  type AnyApi,
  atMost,
  DeclarationError,
  defineApi,
  defineWire,
  type Envelope,
  fixed,
  flat,
  type KeyFormat,
  monthly,
  nested,
  type Plan,
  type Price,
  parsePattern,
  problem,
  quote,
  type ServerOperation,
  type WireOperation,
} from "sluice";
import type {
  ContractConfig,
  KeyConfig,
  OperationConfig,
  PlanConfig,
  PriceConfig,
} from "../contract-config.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import type { ListStyles } from "../schema/parameter-text.ts";
import { bodySchema, parameterSchema } from "../schema/standard-schema.ts";
import type { Surroundings } from "../surroundings.ts";
import { durationMs, sizeBytes } from "../written.ts";
import { type Catalogue, catalogueFrom, pagesFrom } from "./catalogue.ts";
import { placeInData, wordsForData } from "./places.ts";

const ENVELOPES: Readonly<Record<NonNullable<ContractConfig["envelope"]>, () => Envelope>> = {
  nested,
  flat,
  problem,
};

/** How lists in the query of an operation are written, where names are not repeated. */
export type QueryStyles = Readonly<Record<string, ListStyles>>;

/** Undefined, with complaints, where it cannot be served. */
export function contractFrom(
  contract: ContractConfig,
  around: Surroundings,
  styles: QueryStyles = {},
): AnyApi | undefined {
  const { complaints } = around;
  const before = complaints.list.length;
  const catalogue = catalogueFrom(contract, complaints);
  checkPagesFolder(contract.pages, around);
  if (complaints.list.length > before) return undefined;
  try {
    const wire = defineWire(wireFrom(contract, catalogue));
    const pages = pagesFrom(contract.pages, catalogue, around);
    return defineApi(wire, serverFrom(contract, styles), pages) as AnyApi;
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    for (const { at, what, advice } of error.complaints) {
      complaints.add(placeInData(at), wordsForData(what), wordsForData(advice));
    }
    return undefined;
  }
}

function checkPagesFolder(folder: string | undefined, around: Surroundings): void {
  if (folder === undefined || around.isFolder(folder)) return;
  around.complaints.add(
    "contract.pages",
    `${folder} is no folder`,
    `it is looked for in ${around.folder}`,
  );
}

type Declaration = Parameters<typeof defineWire<string, string, string, string>>[0];

function wireFrom(contract: ContractConfig, catalogue: Catalogue): Declaration {
  const { title, windows = {}, slots } = contract;
  const each = <T, R>(all: Readonly<Record<string, T>>, make: (one: T) => R) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one)]));
  return {
    about: {
      title,
      ...given(contract, ["summary", "origin", "keysAt", "support", "docs", "status"]),
    },
    basePath: contract.basePath ?? "",
    envelope: ENVELOPES[contract.envelope ?? "nested"](),
    codes: catalogue.codes,
    conditions: catalogue.conditions as Declaration["conditions"],
    domain: catalogue.domain,
    key: keyFrom(contract.key),
    plans: Object.keys(contract.plans),
    windows: each(windows, ({ within, ...rest }) => ({ ...rest, windowMs: ms(within) })),
    ...(slots && {
      slots: each(slots, ({ retryAfter, ...rest }) => ({
        ...rest,
        ...(retryAfter && { retryAfterMs: ms(retryAfter) }),
      })),
    }),
    headers: {
      rateLimit: Object.keys(windows).length > 0 ? "x-ratelimit" : "none",
      ...contract.headers,
    },
    operations: each(contract.operations, wireOperation),
  };
}

/** The members that are there. */
function given<T extends object, K extends keyof T>(
  from: T,
  names: readonly K[],
): Partial<Pick<T, K>> {
  const found = names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]);
  return Object.fromEntries(found);
}

function keyFrom({
  prefixes,
  alphabet = "base62",
  length,
  checksum,
  places,
}: KeyConfig): KeyFormat {
  return {
    prefixes,
    alphabet,
    length: length ?? 38,
    checksum: checksum ?? (alphabet === "base62" ? "crc32" : "none"),
    places: places ?? [{ bearer: true }],
  };
}

function wireOperation(operation: OperationConfig): WireOperation {
  const { method, path, summary, idempotency, stream } = operation;
  return {
    method,
    path,
    summary,
    ...(idempotency !== undefined && { idempotency }),
    ...(stream && { stream }),
  };
}

function serverFrom(contract: ContractConfig, styles: QueryStyles) {
  const { requires, limitsDown, warnings, folding, examples } = contract;
  const plans = Object.entries(contract.plans).map(
    ([name, plan]) => [name, planFrom(name, plan)] as const,
  );
  const operations = Object.entries(contract.operations).map(
    ([name, operation]) => [name, serverOperation(operation, styles[name])] as const,
  );
  return {
    plans: Object.fromEntries(plans),
    operations: Object.fromEntries(operations),
    ...(requires && { requires }),
    ...(limitsDown && { limitsDown }),
    ...(warnings && { warnings }),
    ...(folding && { folding }),
    ...(examples && { examples }),
  };
}

function planFrom(name: string, { title, allowance, limits }: PlanConfig): Plan {
  return {
    title: title ?? name,
    ...(allowance && {
      allowance: {
        credits: allowance.credits,
        reset:
          allowance.reset === "monthly"
            ? monthly
            : { kind: "lazy", everyMs: ms(allowance.reset.after) },
      },
    }),
    ...(limits && { limits }),
  };
}

function serverOperation(operation: OperationConfig, styles: ListStyles = {}): ServerOperation {
  const { query, body, output, price, plans, permission, scope, detaches } = operation;
  const { deadline, bodyMax, passesBody, upgrades } = operation;
  const { successStatus, reports, example } = operation;
  const params = operation.params ?? textParams(operation.path);
  return {
    ...(params && { params: parameterSchema(params) }),
    ...(query && { query: parameterSchema(query, styles) }),
    ...(body && { body: bodySchema(body) }),
    ...(output && { output: bodySchema(output) }),
    ...(successStatus && { successStatus }),
    ...(reports && { reports }),
    ...(example && { example }),
    ...(price && { price: priceFrom(price) }),
    ...(plans && { plans }),
    ...(permission !== undefined && { permission }),
    ...(scope && { scope }),
    ...(detaches && { detaches: { maxAgeMs: ms(detaches.maxAge) } }),
    ...(deadline && { deadlineMs: ms(deadline) }),
    ...(bodyMax && { bodyBytesMax: sizeBytes(bodyMax) ?? 0 }),
    ...(passesBody && { passesBody }),
    ...(upgrades && { upgrades }),
  };
}

/** Parameters of a path that nobody described are texts. A rest is the path itself. */
function textParams(path: string): JsonSchema | undefined {
  const pattern = parsePattern(path);
  const names =
    typeof pattern === "string" ? [] : pattern.params.filter((n) => !path.endsWith(`{${n}*}`));
  if (names.length === 0) return undefined;
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  return { type: "object", properties, required: names };
}

function priceFrom(price: PriceConfig): Price {
  if ("fixed" in price) return fixed(price.fixed);
  if ("quote" in price) return quote(price.quote, { pointer: price.pointer });
  return price.actual === undefined
    ? atMost(price.atMost)
    : atMost(price.atMost, price.actual as ActualCost);
}

/** Of a duration that was checked. */
function ms(text: string): number {
  return durationMs(text) ?? 0;
}
