// Links that sign somebody in once: a code that is kept here for some minutes, and gone when it is used.

import { type Clock, MINUTE_MS, type Random } from "sluice/base";
import type { Key } from "sluice/gate";
import { Recent } from "./recent.ts";

export interface Invitation {
  /** A secret: whoever has it first is let in. */
  readonly code: string;
  readonly expiresAtMs: number;
}

export interface Invitations {
  invite(key: Pick<Key, "id" | "createdAtMs">): Invitation;
  /** Whom the code is for; undefined for one that was used, ran out, or never was. */
  accept(code: string): Pick<Key, "id" | "createdAtMs"> | undefined;
}

/** Links that wait at the same time. */
const WAITING_MAX = 100;
const LIFETIME_MS = 15 * MINUTE_MS;
const CODE_BYTES = 32;

export function createInvitations(clock: Clock, random: Random): Invitations {
  const waiting = new Recent<{
    readonly key: Pick<Key, "id" | "createdAtMs">;
    readonly untilMs: number;
  }>(WAITING_MAX);
  return {
    invite({ id, createdAtMs }) {
      const code = Buffer.from(random.bytes(CODE_BYTES)).toString("base64url");
      const untilMs = clock.wallMs() + LIFETIME_MS;
      waiting.set(code, { key: { id, createdAtMs }, untilMs });
      return { code, expiresAtMs: untilMs };
    },
    accept(code) {
      const found = waiting.get(code);
      waiting.delete(code);
      return found !== undefined && clock.wallMs() < found.untilMs ? found.key : undefined;
    },
  };
}
