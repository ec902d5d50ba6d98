// The pages of the codes: the standard ones, and those that need other words for people who signed in.

import { standard } from "sluice";
import { page } from "../../admin/contract/page.ts";
import type { portalCodes } from "./codes.ts";

type Code = keyof typeof portalCodes;

const signIn = "Please sign in again.";

const own = {
  missing_key: page(
    "missing_key",
    "Nobody is signed in, or the session is over: it ends after 12 hours, and with the key that opened it.",
    "Sign in with an API key of your account.",
    signIn,
  ),
  forbidden: page(
    "forbidden",
    "The key that you signed in with belongs to a workspace or project, or may do less than this takes.",
    "Sign in with a key of the whole account. To change something, with a live key that has every permission.",
    "Your key cannot do this. Please ask whoever owns the account.",
  ),
  no_webhook: page(
    "no_webhook",
    "The account has named no place where it hears of warnings.",
    "Set one with `PUT /v1/thresholds`.",
    "Please set up a webhook first.",
  ),
} as const;

export const pages: Readonly<Record<Code, string>> = { ...standard.pages, ...own };
