// The catalogue of the portal API: the standard one in words for people who signed in with a key of theirs.

import { type CodeEntry, standard } from "sluice";

const fix = { action: "fix_request", retry: "never" } as const;
const conflict = { status: 409, type: "invalid_request_error", ...fix } as const;

const { codes } = standard.wire;

export const portalCodes = {
  ...codes,
  no_webhook: { ...conflict, message: "No webhook is set: set one first." },
  missing_key: { ...codes.missing_key, message: "Nobody is signed in: sign in with an API key." },
  malformed_key: { ...codes.malformed_key, message: "This is no API key of ours." },
  unknown_key: { ...codes.unknown_key, message: "There is no such API key." },
  forbidden: {
    ...codes.forbidden,
    message: "The key that you signed in with does not allow this.",
  },
  not_found: { ...codes.not_found, message: "There is no such thing in your account." },
} as const satisfies Record<string, CodeEntry>;
