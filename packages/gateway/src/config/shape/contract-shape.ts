/** What a contract may hold as plain data. Numbers are bounded here; what must agree with what, `defineApi` checks. */

import { ACTIONS, COST, LIMITS_DOWN, METHODS, RETRY_ADVICE, UPGRADE_PROTOCOLS } from "sluice";
import { DAY_MS, HOUR_MS, SECOND_MS } from "sluice/base";
import {
  choice,
  duration,
  flag,
  json,
  list,
  type Members,
  map,
  maybe,
  NAME,
  needed,
  number,
  object,
  type Shape,
  schema,
  size,
  text,
} from "./shape.ts";

const wait: Shape = {
  kind: "one of",
  what: "wait",
  by: {
    always: object({ always: needed(duration(1, 31 * DAY_MS)) }),
    otherwise: object({ otherwise: needed(duration(1, 31 * DAY_MS)) }),
  },
};

const code = object({
  status: maybe(number(400, 599)),
  type: maybe(text("invalid_request_error")),
  message: maybe(text("The resource does not exist.")),
  action: maybe(choice("action", ACTIONS)),
  retry: maybe(choice("retry advice", RETRY_ADVICE)),
  charged: maybe(choice("answer to charged", ["no", "unknown"])),
  retryAfter: maybe(wait),
});

const spelling: Shape = {
  kind: "either",
  by: {
    text: text("NOT_FOUND"),
    object: object({
      code: needed(text("NOT_FOUND")),
      message: maybe(text("No such brand.")),
      fields: maybe(map("field", text("INVALID_MODEL"))),
      operations: maybe(map("operation", text("INVALID_MODEL"))),
    }),
  },
};

const places: Shape = {
  kind: "one of",
  what: "place",
  by: {
    header: object({ header: needed(text("X-API-Key")) }),
    bearer: object({ bearer: needed(flag) }),
  },
};

const key = object({
  prefixes: needed(object({ live: needed(text("acme_live_")), test: maybe(text("acme_test_")) })),
  alphabet: maybe(choice("alphabet", ["hex", "base62"])),
  length: maybe(number(24, 128)),
  checksum: maybe(choice("checksum", ["none", "crc32"])),
  places: maybe(list(places, 1)),
});

const reset: Shape = {
  kind: "either",
  by: {
    text: choice("reset", ["monthly"]),
    object: object({ after: needed(duration(DAY_MS, 400 * DAY_MS)) }),
  },
};

const plan = object({
  title: maybe(text("Pro")),
  allowance: maybe(object({ credits: needed(number(1, 1_000_000_000)), reset: needed(reset) })),
  limits: maybe(map("count", number(1, 1_000_000_000))),
});

const limit: Shape = {
  kind: "either",
  by: { number: number(1, 1_000_000), object: map("plan", number(1, 1_000_000)) },
};

const owner = choice("owner", ["key", "account"]);
const names = list(text("createBrand"), 1);

const window = object({
  per: needed(owner),
  limit: needed(limit),
  within: needed(duration(SECOND_MS, 24 * DAY_MS)),
  operations: maybe(names),
});

const slot = object({
  per: needed(owner),
  limit: needed(limit),
  operations: needed(names),
  retryAfter: maybe(duration(1, 24 * DAY_MS)),
});

const pointer = text("/usage/credits", /^\//);

const rule = object({
  when: needed(
    object({
      status: maybe(number(400, 599)),
      pointer: maybe(pointer),
      equals: maybe({ kind: "scalar" }),
    }),
  ),
  condition: needed(text("conflict")),
  param: maybe(object({ pointer: needed(pointer) })),
  message: maybe(object({ pointer: needed(pointer) })),
});

const price: Shape = {
  kind: "one of",
  what: "price",
  by: {
    fixed: object({ fixed: needed(number(1, 1_000_000_000)) }),
    atMost: object({
      atMost: needed(number(1, 1_000_000_000)),
      actual: maybe({
        kind: "one of",
        what: "place of a cost",
        by: {
          pointer: object({ pointer: needed(pointer), inEvents: maybe(pointer) }),
          header: object({ header: needed(choice("header for costs", [COST])) }),
        },
      }),
    }),
    quote: object({ quote: needed(text("/campaigns/quote", /^\//)), pointer: needed(pointer) }),
  },
};

const inputPlace: Shape = {
  kind: "one of",
  what: "place of an input",
  by: {
    body: object({ body: needed(pointer) }),
    query: object({ query: needed(text("workspace")) }),
    param: object({ param: needed(text("workspaceId")) }),
  },
};

const completion: Shape = {
  kind: "one of",
  what: "event",
  by: {
    event: object({ event: needed(text("response.completed")) }),
    data: object({ data: needed(text("[DONE]")) }),
  },
};

export const protocol = choice("protocol", UPGRADE_PROTOCOLS);

const input: Members = {
  params: maybe(map("parameter", text("acme"))),
  query: maybe(map("parameter", text("20"))),
  body: maybe(json),
};

const refusedExample = object({
  ...input,
  operation: needed(text("createBrand")),
  headers: maybe(map("header", text("application/xml"))),
  given: maybe(text("The account has 10 brands already.")),
});

const operationMembers: Members = {
  method: needed(choice("method", METHODS)),
  path: needed(text("/brands/{brandId}", /^\//)),
  summary: needed(text("Shows one brand.")),
  params: maybe(schema),
  query: maybe(schema),
  body: maybe(schema),
  output: maybe(schema),
  successStatus: maybe(number(200, 299)),
  reports: maybe(list(text("not_found"))),
  example: maybe(object({ ...input, output: maybe(json) })),
  price: maybe(price),
  plans: maybe(list(text("pro"), 1)),
  permission: maybe(text("brands:write")),
  scope: maybe(object({ workspace: maybe(inputPlace), project: maybe(inputPlace) })),
  detaches: maybe(object({ maxAge: needed(duration(SECOND_MS, 7 * DAY_MS)) })),
  stream: maybe(object({ completion: needed(completion) })),
  idempotency: maybe(flag),
  deadline: maybe(duration(1, HOUR_MS)),
  bodyMax: maybe(size(1, 16_384 * 1_048_576)),
  passesBody: maybe(flag),
  upgrades: maybe(protocol),
};

const terms: Members = {
  title: needed(text("Acme")),
  summary: maybe(text("Acme answers questions.")),
  origin: maybe(text("https://api.acme.dev")),
  keysAt: maybe(text("Settings > API")),
  support: maybe(text("help@acme.dev")),
  docs: maybe(text("https://docs.acme.dev")),
  status: maybe(text("https://status.acme.dev")),
  basePath: maybe(text("/v1", /^(?:\/.*[^/])?$/)),
  envelope: maybe(choice("envelope", ["nested", "flat", "problem"])),
  codes: maybe(map("code", code)),
  conditions: maybe(map("condition", spelling)),
  domain: maybe(map("condition", spelling)),
  pages: maybe(text("./pages")),
  key: needed(key),
  plans: needed(map("plan", plan, 1, NAME)),
  requires: maybe(object({ plans: needed(list(text("pro"), 1)) })),
  windows: maybe(map("window", window, 0, NAME)),
  slots: maybe(map("slot", slot, 0, NAME)),
  limitsDown: maybe(choice("mode", LIMITS_DOWN)),
  warnings: maybe(object({ percents: needed(list(number(1, 100), 1)) })),
  folding: maybe(list(rule)),
  examples: maybe(map("code", refusedExample)),
  headers: maybe(
    object({
      rateLimit: maybe(choice("style", ["none", "x-ratelimit", "ratelimit"])),
      help: maybe(flag),
      creditsRemaining: maybe(text("X-Credits-Remaining", /^[A-Za-z0-9-]{1,64}$/)),
      warning: maybe(text("X-Running-Low", /^[A-Za-z0-9-]{1,64}$/)),
    }),
  ),
};

export const contractShape = object({
  ...terms,
  operations: needed(map("operation", object(operationMembers), 1, NAME)),
});

/** Beside an OpenAPI file everything that the file can say may be left out. */
export const partialOperation = object(
  Object.fromEntries(
    Object.entries(operationMembers).map(([name, { shape }]) => [name, maybe(shape)]),
  ),
);

export const openApiShape = object({
  ...terms,
  openapi: needed(text("./openapi.yaml")),
  title: maybe(text("Acme")),
  leaveOut: maybe(list(text("createBrand"), 1)),
  operations: maybe(map("operation", partialOperation)),
});
