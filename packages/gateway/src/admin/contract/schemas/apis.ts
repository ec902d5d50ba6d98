// The contracts that are served: plans, operations, limits, prices and codes; and the health of what they stand on.

import { z } from "zod";
import { allowance } from "./accounts.ts";
import { count, listed, pageOf, word } from "./parts.ts";

export const query = z.strictObject(listed);

const byPlan = z.union([z.int(), z.record(z.string(), z.int())]);
const owner = z.enum(["key", "account"]);
const counts = z.record(z.string(), z.int());

export const plans = pageOf(
  z.object({
    api: z.string(),
    name: z.string(),
    title: z.string(),
    allowance: allowance.nullable(),
    limits: counts,
    windows: z.record(z.string(), z.object({ limit: z.int(), windowMs: z.int(), per: owner })),
    slots: z.record(z.string(), z.object({ limit: z.int(), per: owner })),
  }),
);

const operation = z.object({
  name: z.string(),
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  permission: z.string().nullable(),
  /** Null: all of them. */
  plans: z.array(z.string()).nullable(),
  price: z.object({
    kind: z.enum(["free", "fixed", "at_most", "quote"]),
    /** Null for a quote, which says it call by call. */
    credits: z.int().nullable(),
  }),
  windows: z.array(z.string()),
  slots: z.array(z.string()),
  idempotency: z.boolean(),
  isStream: z.boolean(),
  isJob: z.boolean(),
});

const code = z.object({
  code: z.string(),
  status: z.int(),
  type: z.string().nullable(),
  message: z.string(),
  action: z.string(),
  retry: z.string(),
  conditions: z.array(z.string()),
  whatHappened: z.string(),
  howToFix: z.string(),
  endUser: z.string(),
});

export const one = z.object({
  title: z.string(),
  basePath: z.string(),
  support: z.string().nullable(),
  docs: z.string().nullable(),
  prefixes: z.object({ live: z.string(), test: z.string().nullable() }),
  plans: z.array(z.string()),
  permissions: z.array(z.string()),
  /** A request that costs nothing, where there is one, to try a new key with. */
  firstCall: z.object({
    operation: z.string(),
    /** For a shell; it reads the key from the variable. */
    curl: z.string(),
    keyVariable: z.string(),
    origin: z.string(),
  }),
  windows: z.record(z.string(), z.object({ per: owner, limit: byPlan, windowMs: z.int() })),
  slots: z.record(z.string(), z.object({ per: owner, limit: byPlan })),
  operations: z.array(operation),
  codes: z.array(code),
});
export const page = pageOf(one);

export const refusalParams = z.object({
  api: word,
  condition: word,
});
export const refusalQuery = z.strictObject({
  operation: word.optional(),
  param: word.optional(),
});
export const refusal = z.object({
  status: z.int(),
  code: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.string(),
});

export const health = z.object({
  stores: z.array(
    z.object({
      name: z.enum(["directory", "limits", "ledger", "log", "notices"]),
      status: z.enum(["ok", "failing"]),
      tookMs: z.number().min(0),
      /** Why it fails, without addresses and secrets. */
      why: z.string().nullable(),
    }),
  ),
  /** Rows that the log dropped because it could not keep up. */
  logRowsDropped: count,
  /** Whether this process serves APIs, or works on their stores only. */
  isServing: z.boolean(),
});
