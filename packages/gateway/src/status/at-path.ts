// The status page in front of the APIs, at its own path.

import type { AnyApi } from "sluice";
import { systemClock } from "sluice/base";
import { pagesWhenAsked } from "../pages/pages.ts";
import type { Pages } from "../serving/front.ts";
import type { OpenedStores } from "../stores/opened.ts";
import { type StatusSettings, statusPaths } from "./settings.ts";

export interface AroundStatus {
  readonly apis: readonly AnyApi[];
  readonly opened: Pick<OpenedStores, "stores">;
  /** What the operator should hear of. */
  readonly tell: (what: string, error?: unknown) => void;
}

/** @param settings undefined where the public is told nothing. */
export function statusPages(settings: StatusSettings | undefined, around: AroundStatus): Pages {
  if (settings === undefined) return () => undefined;
  return pagesWhenAsked(new Set(statusPaths(settings.path)), async () => {
    const { createStatusPage } = await import("./serve-status.ts");
    const { apis, opened, tell } = around;
    return createStatusPage({ settings, apis, stores: opened.stores, clock: systemClock, tell });
  });
}
