// Money: what is left, what came in, what moved, and what was held. Whole credits everywhere.

import { z } from "zod";
import { allowance } from "./accounts.ts";
import { atMs, credits, creditsMax, givenAtMs, id, listed, newId, pageOf, text } from "./parts.ts";

export const query = z.strictObject(listed);

const pot = z.object({
  kind: z.enum(["allowance", "grant"]),
  /** The grant's; null for the allowance. */
  id: id.nullable(),
  remaining: credits,
  expiresAtMs: atMs.nullable(),
});

export const balance = z.object({
  remaining: credits,
  held: credits,
  /** Charged in the current period of the allowance. */
  used: credits,
  allowance: allowance.nullable(),
  periodStartMs: atMs.nullable(),
  /** When the allowance starts anew; null where nothing does, or not before somebody spends. */
  resetAtMs: atMs.nullable(),
  /** What `remaining` is made of, in the order in which it is spent; grants with nothing left are left out. */
  pots: z.array(pot),
});

export const grantDraft = z.strictObject({
  /** Twice the same is one grant. @default a new one */
  id: newId.optional(),
  amount: z.int().min(1).max(creditsMax),
  reason: text,
  expiresAtMs: givenAtMs.optional(),
});

export const grant = z.object({
  id,
  accountId: id,
  amount: credits,
  reason: z.string(),
  expiresAtMs: atMs.nullable(),
  remaining: credits,
  held: credits,
  charged: credits,
  lapsed: credits,
});
export const grants = pageOf(grant);

const side = z.enum(["issued", "available", "held", "charged", "lapsed"]);

export const entries = pageOf(
  z.object({
    sequence: z.int(),
    atMs,
    holdId: id.nullable(),
    pot: z.string(),
    from: side,
    to: side,
    amount: credits,
    /** What all entries up to this one add up to. */
    availableAfter: z.int(),
    heldAfter: z.int(),
  }),
);

export const budgets = pageOf(
  z.object({
    scope: z.enum(["workspace", "project", "key"]),
    id,
    name: z.string(),
    /** The workspace of a project or key, where it has one. */
    workspaceId: id.nullable(),
    projectId: id.nullable(),
    cap: credits,
    used: credits,
    held: credits,
    resetAtMs: atMs,
  }),
);

export const holdParams = z.object({ holdId: id });
export const holdQuery = z.strictObject({ ...listed, accountId: id.optional() });

export const hold = z.object({
  /** The request's id. */
  id,
  accountId: id,
  operation: z.string(),
  keyId: id,
  amount: credits,
  charged: credits,
  /** What it cost beyond the hold: recorded, not taken. */
  overage: credits,
  state: z.enum(["open", "settled", "released", "expired"]),
  isJob: z.boolean(),
  madeAtMs: atMs,
  endedAtMs: atMs.nullable(),
});
export const holds = pageOf(hold);

export const audit = z.object({
  isClean: z.boolean(),
  /** Broken rules with their rows; at most the first 1,000. */
  broken: z.array(z.string()),
  brokenCount: z.int(),
});
