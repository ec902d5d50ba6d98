// Who is signed in, and what the account has bought.

import { z } from "zod";
import { allowance } from "../../../admin/contract/schemas/accounts.ts";
import { one as key } from "../../../admin/contract/schemas/keys.ts";
import { atMs, id, listed } from "../../../admin/contract/schemas/parts.ts";
import { permissions, reaches } from "../reach.ts";

export { key };

const named = z.object({ id, name: z.string() });

export const whoAmI = z.object({
  account: z.object({
    id,
    name: z.string(),
    plan: z.string(),
    subscription: z.enum(["active", "inactive"]),
  }),
  key,
  /** What the key was made for. */
  reach: z.enum(reaches),
  permissions: z.array(z.enum(permissions)),
  workspace: named.nullable(),
  project: named.nullable(),
});

const limit = z.object({
  limit: z.int(),
  /** Whether the account has another one than its plan. */
  isException: z.boolean(),
});
const owner = z.enum(["key", "account"]);

export const plan = z.object({
  api: z.string(),
  name: z.string(),
  title: z.string(),
  subscription: z.enum(["active", "inactive"]),
  allowance: allowance.nullable(),
  windows: z.array(
    limit.extend({
      name: z.string(),
      per: owner,
      windowMs: z.int(),
      /** The operations that it counts; null for all. */
      operations: z.array(z.string()).nullable(),
    }),
  ),
  /** How much may run at once. */
  slots: z.array(limit.extend({ name: z.string(), per: owner, operations: z.array(z.string()) })),
  /** How many of something the account may have. */
  counts: z.array(limit.extend({ name: z.string() })),
  /** Where to read more, and whom to ask. */
  docs: z.string().nullable(),
  support: z.string().nullable(),
});

export const keyQuery = z.strictObject(listed);
export const keyParams = z.object({ keyId: id });
export const keyUsed = z.object({
  key,
  /** When the newest of its requests came that the log has; null where it has none. */
  lastUsedAtMs: atMs.nullable(),
});
