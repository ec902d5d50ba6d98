// Accounts: who has bought what, and where they hear that it runs low.

import { DAY_MS } from "sluice/base";
import { z } from "zod";
import {
  atMs,
  count,
  creditsMax,
  id,
  listed,
  name,
  newId,
  pageOf,
  queriedAtMs,
  word,
} from "./parts.ts";

export const query = z.strictObject({ ...listed, search: word.optional() });

export const allowance = z.strictObject({
  credits: z.int().min(0).max(creditsMax),
  reset: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("calendar_month") }),
    z.strictObject({
      kind: z.literal("lazy"),
      everyMs: z
        .int()
        .min(1_000)
        .max(366 * DAY_MS),
    }),
  ]),
});

const limitMax = 1_000_000;
const perName = (least: number, most: number) =>
  z.record(z.string().min(1).max(64), z.int().min(least).max(most));

/** Exceptions from the plan, by name of the window, slot or count; and another allowance. */
export const overrides = z.strictObject({
  windows: perName(1, limitMax).optional(),
  slots: perName(1, limitMax).optional(),
  limits: perName(0, creditsMax).optional(),
  allowance: allowance.optional(),
});

const plan = word;
const subscription = z.enum(["active", "inactive"]);

export const draft = z.strictObject({
  id: newId.optional(),
  name,
  plan,
  subscription: subscription.default("active"),
  overrides: overrides.optional(),
});

/** What is left out stays; overrides are replaced whole, and null takes them away. */
export const change = z.strictObject({
  name: name.optional(),
  plan: plan.optional(),
  subscription: subscription.optional(),
  overrides: overrides.nullable().optional(),
});

const percents = z.array(z.int().min(1).max(100)).min(1).max(10);

export const warnings = z.object({
  url: z.string(),
  percents: z.array(z.int()).nullable(),
  secretVersion: z.int(),
});

export const one = z.object({
  id,
  name: z.string(),
  plan: z.string(),
  subscription,
  overrides: overrides.nullable(),
  warnings: warnings.nullable(),
});

export const page = pageOf(one);

/** Percents rise; without any those of the contract hold. */
export const warningsDraft = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  percents: percents.nullable().optional(),
});

/** `secret` signs the webhook (Standard Webhooks); shown once, null where it is the one from before. */
export const warningsSet = z.object({ warnings, secret: z.string().nullable() });
export const warningSecret = z.object({ secret: z.string(), secretVersion: z.int() });

export const usageQuery = z.strictObject({
  /** @default the beginning of this month (UTC) */
  fromMs: queriedAtMs.optional(),
  /** Before this moment. @default now */
  toMs: queriedAtMs.optional(),
});

export const usage = z.object({
  fromMs: atMs,
  toMs: atMs,
  requests: count,
  refusals: count,
  faults: count,
  credits: count,
});
