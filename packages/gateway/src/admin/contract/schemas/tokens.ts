// Tokens of the admin API, whoever asks, and what was changed by whom.

import { z } from "zod";
import { roleNames } from "../roles.ts";
import { atMs, givenAtMs, id, listed, name, pageOf, word } from "./parts.ts";

export const query = z.strictObject(listed);
export const params = z.object({ tokenId: id });

export const draft = z.strictObject({
  name,
  role: z.enum(roleNames),
  expiresAtMs: givenAtMs.optional(),
});

export const one = z.object({
  id,
  name: z.string(),
  /** Null for a set of permissions that is no role. */
  role: z.enum(roleNames).nullable(),
  permissions: z.array(z.string()),
  state: z.enum(["active", "expired", "revoked"]),
  prefix: z.string(),
  lastFour: z.string(),
  createdAtMs: atMs,
  expiresAtMs: atMs.nullable(),
  revokedAtMs: atMs.nullable(),
});
export const page = pageOf(one);
export const withSecret = z.object({ token: one, secret: z.string() });

/** `isLocal`: the one that a gateway makes for itself at its start, and that ends with it. */
export const whoAmI = z.object({ token: one, isLocal: z.boolean() });

/** Good once, and for as long as this says; what it opens ends with the token that asked. */
export const signIn = z.object({
  code: z.string(),
  /** Of the console, on the listener that answered this; the code stands behind its #. */
  path: z.string(),
  expiresAtMs: atMs,
});

const kinds = ["account", "workspace", "project", "key", "grant", "incident"] as const;

export const changesQuery = z.strictObject({
  ...listed,
  accountId: word.optional(),
  kind: z.enum(kinds).optional(),
  id: id.optional(),
  by: word.optional(),
});

export const changes = pageOf(
  z.object({
    sequence: z.int(),
    atMs,
    by: z.string(),
    /** Empty for what is nobody's. */
    accountId: z.string(),
    kind: z.enum(kinds),
    id,
    /** The records, keys without their digests; null where there was none. */
    before: z.unknown(),
    after: z.unknown(),
  }),
);
