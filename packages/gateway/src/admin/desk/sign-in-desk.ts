// What the admin API asks of whoever serves the console beside it.

import type { Key } from "sluice/gate";
import type { Invitation } from "../../session/invitations.ts";

export interface SignInLink extends Invitation {
  /** Of the console, on the listener of this API, with the code behind a #, where it is sent to nobody. */
  readonly path: string;
}

export interface SignInDesk {
  /** A link that signs in whoever follows it first, within a while, as the one whose token this is. */
  invite(token: Pick<Key, "id" | "createdAtMs">): SignInLink;
}
