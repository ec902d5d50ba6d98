// Keys: never their secrets, except in the one answer that makes them.

import { DAY_MS } from "sluice/base";
import { z } from "zod";
import { atMs, budget, count, givenAtMs, id, listed, name, pageOf, word } from "./parts.ts";

export const query = z.strictObject(listed);
export const params = z.object({ accountId: id, keyId: id });
export const anyParams = z.object({ keyId: id });

const permissions = z.array(word).max(100);

export const draft = z.strictObject({
  name,
  environment: z.enum(["live", "test"]).default("live"),
  /** The contract that it opens, by its title. @default the only one with the account's plan */
  api: word.optional(),
  workspaceId: id.optional(),
  projectId: id.optional(),
  /** @default every permission */
  permissions: permissions.optional(),
  expiresAtMs: givenAtMs.optional(),
  budget: budget.optional(),
});

/** What is left out stays. Null: every permission, no end, no cap. */
export const change = z.strictObject({
  name: name.optional(),
  permissions: permissions.nullable().optional(),
  expiresAtMs: givenAtMs.nullable().optional(),
  budget: budget.nullable().optional(),
});

export const one = z.object({
  id,
  accountId: id,
  workspaceId: id.nullable(),
  projectId: id.nullable(),
  /** Null for a key that no contract here could have made. */
  api: z.string().nullable(),
  name: z.string(),
  environment: z.enum(["live", "test"]),
  state: z.enum(["active", "expired", "revoked"]),
  /** The first ten characters and the last four of the newest secret. */
  prefix: z.string(),
  lastFour: z.string(),
  permissions: z.array(z.string()).nullable(),
  budget: z.int().nullable(),
  createdAtMs: atMs,
  expiresAtMs: atMs.nullable(),
  revokedAtMs: atMs.nullable(),
  /** Until when a secret before the newest still opens it. */
  overlapUntilMs: atMs.nullable(),
});

export const page = pageOf(one);
export const withSecret = z.object({ key: one, secret: z.string() });

const overlapMsMax = 90 * DAY_MS;

/** How long the old secret goes on. */
export const rotationDraft = z.strictObject({ overlapMs: z.int().min(0).max(overlapMsMax) });

/** The evidence: who still uses the secret that is on its way out. */
export const rotation = z.object({
  /** Null: it was never rotated. */
  rotatedAtMs: atMs.nullable(),
  overlapUntilMs: atMs.nullable(),
  /** Whether the older secret opens the key now. */
  isOverlapping: z.boolean(),
  olderSecret: z.object({
    lastUsedAtMs: atMs.nullable(),
    /** Since the rotation, at most the newest 1,000. */
    uses: count,
    /** In the last hour, of those. */
    usesLastHour: count,
    from: z.array(z.object({ address: z.string(), uses: count, lastUsedAtMs: atMs })),
  }),
});

export const rotated = withSecret.extend({ rotation });
