// The pages of the codes: the standard ones, and those that an operator needs other words for.

import { standard } from "sluice";
import type { adminCodes } from "./codes.ts";
import { page } from "./page.ts";

type Code = keyof typeof adminCodes;

const askOwner = "Your token cannot do this. Please ask an owner of this gateway.";
const signIn = "Please sign in again.";
const stale = "This has changed in the meantime. Please look again.";

const own = {
  missing_key: page(
    "missing_key",
    "The request came without a token.",
    "Send `Authorization: Bearer <token>`. A gateway writes a token of its own into `.sluice/admin.json` while it serves.",
    signIn,
  ),
  malformed_key: page(
    "malformed_key",
    "What was sent is no token of the admin API. A customer's key never opens it.",
    "Send a token: it begins with `sluice_token_`, and its last characters are a checksum.",
    signIn,
  ),
  unknown_key: page(
    "unknown_key",
    "There is no such token, or it was a local one of a process that has ended.",
    "Read `.sluice/admin.json` again, or have an owner create a token.",
    signIn,
  ),
  forbidden: page(
    "forbidden",
    "The token is good, but its role does not allow this call.",
    "Use a token with a higher role: `support` reads, `operator` also changes, `owner` also creates and revokes tokens.",
    askOwner,
  ),
  not_found: page(
    "not_found",
    "There is no such thing at this path. Something of another account is not there either.",
    "Look the id up in the list that it comes from, below the account that it belongs to.",
    "We could not find this.",
  ),
  already_exists: page(
    "already_exists",
    "The id belongs to something else: another account, or a grant with other content.",
    "Look at what is there. Give another id, or none: then one is made.",
    stale,
  ),
  key_revoked: page(
    "key_revoked",
    "The key or token was revoked. That is for ever.",
    "Create a new one.",
    stale,
  ),
  key_foreign: page(
    "key_foreign",
    "The key looks like none that a contract of this gateway makes, so it cannot be given a new secret.",
    "Serve its contract here, or create another key. It can be revoked all the same.",
    stale,
  ),
  incident_over: page(
    "incident_over",
    "The incident has ended, so nothing is added to it.",
    "Create another incident.",
    stale,
  ),
  no_webhook: page(
    "no_webhook",
    "The account has named no place where it hears of warnings.",
    "Set one with `PUT /accounts/{accountId}/warnings`.",
    "Please set up a webhook first.",
  ),
  not_serving: page(
    "not_serving",
    "The call is about what a gateway serves right now, and this process works on its stores only, or has its console switched off.",
    "Ask a gateway that serves: its internal listener. The console is the setting `console`.",
    "The gateway is not running.",
  ),
} as const;

export const pages: Readonly<Record<Code, string>> = { ...standard.pages, ...own };
