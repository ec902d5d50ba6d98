// The catalogue of the admin API: the standard one in words for operators, and what only this API has to say.

import { type CodeEntry, standard } from "sluice";
import { roles } from "./roles.ts";

const fix = { action: "fix_request", retry: "never" } as const;
const conflict = { status: 409, type: "invalid_request_error", ...fix } as const;

const { codes } = standard.wire;

export const ownCodes = {
  already_exists: { ...conflict, message: "This id belongs to something else already." },
  key_revoked: { ...conflict, message: "It was revoked, so it cannot be changed any more." },
  key_foreign: { ...conflict, message: "No contract that is served here has keys of this form." },
  incident_over: { ...conflict, message: "The incident is over: create another one." },
  no_webhook: { ...conflict, message: "The account has no webhook: give it one first." },
  not_serving: { ...conflict, message: "This process does not serve what the call is about." },
} as const satisfies Record<string, CodeEntry>;

export const adminCodes = {
  ...codes,
  ...ownCodes,
  missing_key: {
    ...codes.missing_key,
    message: "No token was sent: use Authorization: Bearer <token>.",
  },
  malformed_key: { ...codes.malformed_key, message: "This is no token of the admin API." },
  unknown_key: { ...codes.unknown_key, message: "There is no such token." },
  revoked_key: { ...codes.revoked_key, message: "The token was revoked." },
  expired_key: { ...codes.expired_key, message: "The token has expired." },
  forbidden: {
    ...codes.forbidden,
    message: `The token's role does not allow this. The roles are ${Object.keys(roles).join(", ")}.`,
  },
  not_found: { ...codes.not_found, message: "There is no such thing here." },
};
