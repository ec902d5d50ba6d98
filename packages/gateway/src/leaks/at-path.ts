// The receiver in front of the APIs, at its own path.

import type { AnyApi } from "sluice";
import { systemClock } from "sluice/base";
import { createKeyDigests } from "sluice/gate";
import { pagesWhenAsked } from "../pages/pages.ts";
import type { Pages } from "../serving/front.ts";
import type { OpenedStores } from "../stores/opened.ts";
import type { LeakReceiver } from "./receiver.ts";
import type { LeaksSettings } from "./settings.ts";

export interface AroundLeaks {
  readonly apis: readonly AnyApi[];
  readonly opened: Pick<OpenedStores, "stores" | "pepper">;
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
  const { apis, opened, trustedHops, tell } = around;
  const onTrouble = (error: Error | undefined) =>
    error === undefined
      ? tell("GitHub's public keys are fetched again")
      : tell("GitHub's public keys cannot be fetched: its reports of leaked keys wait", error);
  const { pinnedKeys } = settings;
  return createLeakReceiver({
    ...{ apis, trustedHops, tell, policy: settings },
    directory: opened.stores.directory,
    digests: createKeyDigests(opened.pepper),
    keys: pinnedKeys
      ? pinnedGithubKeys(pinnedKeys)
      : fetchedGithubKeys({ clock: systemClock, onTrouble }),
    onFault: (error) => tell("Reports of leaked keys could not be looked up", error),
  });
}
