// The operations on keys of the admin API: method, path, and a sentence for the documents.

import type { WireOperation } from "sluice";

const account = "/accounts/{accountId}";

export const keys = {
  listKeys: {
    method: "GET",
    path: `${account}/keys`,
    summary: "Lists an account's keys, oldest first; never their secrets.",
  },
  createKey: {
    method: "POST",
    path: `${account}/keys`,
    summary: "Creates a key; its secret is in this answer and nowhere else.",
    idempotency: true,
  },
  getKey: { method: "GET", path: `${account}/keys/{keyId}`, summary: "Shows one key." },
  findKey: { method: "GET", path: "/keys/{keyId}", summary: "Shows one key, whosever it is." },
  changeKey: {
    method: "PATCH",
    path: `${account}/keys/{keyId}`,
    summary: "Changes a key's name, budget, permissions or end.",
  },
  rotateKey: {
    method: "POST",
    path: `${account}/keys/{keyId}/rotation`,
    summary:
      "Gives a key a new secret, which this answer shows once; the old one goes on for a while.",
    idempotency: true,
  },
  getRotation: {
    method: "GET",
    path: `${account}/keys/{keyId}/rotation`,
    summary: "Shows who still uses the secret before the newest: from where, when last, how often.",
  },
  endOverlap: {
    method: "POST",
    path: `${account}/keys/{keyId}/rotation/end`,
    summary: "Ends the secret before the newest at once, and shows the rotation.",
    idempotency: true,
  },
  revokeKey: {
    method: "POST",
    path: `${account}/keys/{keyId}/revocation`,
    summary: "Ends a key at once and for ever.",
    idempotency: true,
  },
} as const satisfies Record<string, WireOperation>;
