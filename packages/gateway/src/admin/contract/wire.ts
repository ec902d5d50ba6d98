// The wire layer of the admin API. Loads no schema library, so that a client in a browser can use it.

import { defineWire, problem, standard } from "sluice";
import { adminCodes } from "./codes.ts";
import { operations } from "./operations.ts";

export const wire = defineWire({
  ...standard.wire,
  about: {
    title: "Sluice Admin",
    summary:
      "What an operator's tools ask of a gateway: customers, keys, money, and what happened.",
    // Where the internal listener is, unless a configuration says otherwise.
    origin: "http://127.0.0.1:8788",
  },
  basePath: "/admin/v1",
  envelope: problem(),
  codes: adminCodes,
  domain: {
    already_exists: "already_exists",
    key_revoked: "key_revoked",
    key_foreign: "key_foreign",
    incident_over: "incident_over",
    no_webhook: "no_webhook",
    not_serving: "not_serving",
  },
  key: {
    prefixes: { live: "sluice_token_" },
    alphabet: "base62",
    length: 38,
    checksum: "crc32",
    places: [{ bearer: true }],
  },
  plans: ["operators"],
  windows: {
    requests: { per: "key", limit: 600, windowMs: 60_000 },
    audits: { per: "account", limit: 6, windowMs: 60_000, operations: ["auditLedger"] },
  },
  slots: {
    live: { per: "key", limit: 4, operations: ["watchLive"], retryAfterMs: 5_000 },
    audits: { per: "account", limit: 1, operations: ["auditLedger"], retryAfterMs: 5_000 },
  },
  operations,
});
