// What a gateway does about leaked keys that GitHub reports, and where it hears of them.

import { DAY_MS } from "sluice/base";
import type { PublicKey } from "./github-keys.ts";

/**
 * `revoke` ends the secret at once and for ever. `quarantine` lets it go on for a while, so that its owner can replace it in
 * peace. `note` only writes it down.
 */
export type OnLeak = "revoke" | "quarantine" | "note";

export interface LeaksSettings {
  /** Where GitHub posts, on the public listener: `/leaks/github`, whatever the mounts are. */
  readonly path: string;
  readonly onLeak: OnLeak;
  /** How long a secret in quarantine goes on. */
  readonly quarantineMs: number;
  /** Believed in place of those that GitHub publishes, which are then never fetched. */
  readonly pinnedKeys?: readonly PublicKey[];
}

export const quarantineMsStandard: number = DAY_MS;
