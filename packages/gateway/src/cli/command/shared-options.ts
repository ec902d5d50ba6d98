// Options that many commands read, each said once.

import { config } from "./setup-commands.ts";

export const where = {
  config: { ...config, says: "the configuration whose gate, or whose stores, are asked" },
  url: {
    takes: "<url>",
    says: "the admin API of a gate elsewhere; its token is read from SLUICE_ADMIN_TOKEN",
  },
} as const;

/** Of what shows something. */
export const shown = {
  json: { says: "the admin API's own data, for programs" },
  ...where,
} as const;

export const listed = {
  limit: { takes: "<number>", says: "at most so many", otherwise: "50" },
  all: { says: "every one, page by page" },
  ...shown,
} as const;

export const account = {
  account: { takes: "<id>", says: "whose", otherwise: "the only one that there is" },
} as const;

export const yes = {
  yes: { says: "asks nothing first; without a terminal it must be said" },
} as const;

const moment = "a day, a moment (UTC)";

export const expires = {
  expires: { takes: "<when>", says: `${moment}, or so long from now, like 30d` },
} as const;

export const filters = {
  account: { takes: "<id>", says: "whose requests" },
  key: { takes: "<id>", says: "with this key" },
  api: { takes: "<title>", says: "of this contract" },
  operation: { takes: "<name>", says: "of this operation" },
  code: { takes: "<code>", says: "answered with this code" },
  condition: { takes: "<name>", says: "refused by this condition, whatever its code" },
  status: { takes: "<number>", says: "answered with this status" },
  ending: { takes: "<word>", says: "done, refused, fault, replayed or abandoned" },
  "older-secret": { says: "with a key's older secret, which is on its way out" },
} as const;

export const times = {
  since: { takes: "<when>", says: `${moment}, or so long ago, like 2h` },
  until: { takes: "<when>", says: "the same, for the end" },
} as const;
