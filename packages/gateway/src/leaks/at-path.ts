// The receiver in front of the APIs, at its own path.

import type { AnyApi } from "sluice";
import { systemClock } from "sluice/base";
import { createKeyDigests } from "sluice/gate";
import { pagesWhenAsked } from "../pages/pages.ts";
import type { Pages } from "../serving/front.ts";
import type { ServedAdmin } from "../serving/served-admin.ts";
import type { OpenedStores } from "../stores/opened.ts";
import type { Warnings } from "../warnings/warnings.ts";
import type { LeakReceiver } from "./receiver.ts";
import type { LeaksSettings } from "./settings.ts";

export interface AroundLeaks {
  readonly apis: readonly AnyApi[];
  readonly opened: Pick<OpenedStores, "stores" | "pepper">;
  /** Undefined where nobody is warned. */
  readonly warnings: Warnings | undefined;
  /** Undefined where the admin API is off. */
  readonly admin: ServedAdmin | undefined;
  readonly trustedHops: number;
  /** What the operator should hear of. */
  readonly tell: (what: string, error?: unknown) => void;
}

/** @param settings undefined where nobody reports anything. */
export function leakPages(settings: LeaksSettings | undefined, around: AroundLeaks): Pages {
  if (settings === undefined) return () => undefined;
  return pagesWhenAsked(new Set([settings.path]), async () => {
    const receiver = await openReceiver(settings, around);
    return (call) => receiver.answer(call);
  });
}

async function openReceiver(settings: LeaksSettings, around: AroundLeaks): Promise<LeakReceiver> {
  const { createLeakReceiver } = await import("./receiver.ts");
  const { fetchedGithubKeys, pinnedGithubKeys } = await import("./github-keys.ts");
  const { wire: tokens } = await import("../admin/contract/wire.ts");
  const { apis, opened, warnings, admin, trustedHops, tell } = around;
  const onTrouble = (error: Error | undefined) =>
    error === undefined
      ? tell("GitHub's public keys are fetched again")
      : tell("GitHub's public keys cannot be fetched: its reports of leaked keys wait", error);
  const { pinnedKeys } = settings;
  return createLeakReceiver({
    ...{ trustedHops, tell, policy: settings, courier: warnings },
    keyFormats: [...apis.map(({ wire }) => wire.key), tokens.key],
    directory: opened.stores.directory,
    notices: opened.stores.notices,
    endLocalToken: (token) => admin?.endToken(token),
    digests: createKeyDigests(opened.pepper),
    keys: pinnedKeys
      ? pinnedGithubKeys(pinnedKeys)
      : fetchedGithubKeys({ clock: systemClock, onTrouble }),
    onFault: (error) => tell("Reports of leaked keys could not be looked up", error),
  });
}
