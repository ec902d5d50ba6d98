// The wire layer of the portal API. Loads no schema library, so that the page in the browser can use it.

import { defineWire, problem, standard } from "sluice";
import { portalCodes } from "./codes.ts";
import { operations } from "./operations.ts";

/** What holds whoever's keys open it. */
export const terms = {
  ...standard.wire,
  about: {
    title: "Sluice Portal",
    summary:
      "What a customer's page asks: usage, credits, keys, requests and their explanations, of one account.",
  },
  basePath: "/v1",
  envelope: problem(),
  codes: portalCodes,
  domain: { no_webhook: "no_webhook" },
  plans: ["customers"],
  windows: { requests: { per: "key", limit: 600, windowMs: 60_000 } },
} as const;

/** Below the portal's own path and `/api`. */
export const wire = defineWire({
  ...terms,
  // Of sessions: a gateway makes one for itself when somebody signed in, and shows it to nobody.
  key: {
    prefixes: { live: "sluice_session_" },
    alphabet: "base62",
    length: 38,
    checksum: "crc32",
    places: [{ bearer: true }],
  },
  operations,
});
