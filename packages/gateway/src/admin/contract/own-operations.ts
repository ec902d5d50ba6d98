// The operations about the gateway itself: who asks, how it is, which contracts it serves, what was changed, and by whose token.

import type { WireOperation } from "sluice";

export const own = {
  whoAmI: { method: "GET", path: "/whoami", summary: "Shows the token that asks, and its role." },
  createSignIn: {
    method: "POST",
    path: "/sign-ins",
    summary:
      "Makes a link that signs in to the console once, as the token that asks; only this answer has it.",
    idempotency: true,
  },
  getHealth: {
    method: "GET",
    path: "/health",
    summary: "Says which stores answer, how fast, and what the log has dropped.",
  },
  listApis: {
    method: "GET",
    path: "/apis",
    summary: "Shows the contracts: plans, operations, limits, prices and codes.",
  },
  listPlans: {
    method: "GET",
    path: "/plans",
    summary: "Lists the plans of all contracts, with their allowances and limits.",
  },
  simulateRefusal: {
    method: "GET",
    path: "/apis/{api}/refusals/{condition}",
    summary: "Shows a refusal as a contract words it: status, headers and bytes.",
  },
  listChanges: {
    method: "GET",
    path: "/changes",
    summary: "Lists what was changed, newest first: by whom, and how it was before and after.",
  },
  listTokens: { method: "GET", path: "/tokens", summary: "Lists the tokens of this API." },
  createToken: {
    method: "POST",
    path: "/tokens",
    summary: "Creates a token with a role; its secret is in this answer and nowhere else.",
    idempotency: true,
  },
  revokeToken: {
    method: "POST",
    path: "/tokens/{tokenId}/revocation",
    summary: "Ends a token at once and for ever.",
    idempotency: true,
  },
} as const satisfies Record<string, WireOperation>;
