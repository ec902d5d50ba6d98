// The account that the tokens of the admin API belong to: no customer's, so no list shows it and no route changes it.

import type { Account } from "sluice/gate";

export const adminAccountId = "sluice_admin";
/** Of the token that a gateway makes for itself. */
export const localTokenId = "key_local";

export const adminAccount: Account = {
  id: adminAccountId,
  name: "Sluice Admin",
  plan: "operators",
  subscription: "active",
};
