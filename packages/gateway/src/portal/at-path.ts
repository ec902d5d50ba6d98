// The portal in front of the APIs, at its own path and below it.

import type { AnyApi } from "sluice";
import { refuseApis } from "../admin/apis-beside.ts";
import type { WarningDesk } from "../admin/desk/warning-desk.ts";
import { pathOf } from "../internal/json-answer.ts";
import type { Pages } from "../serving/front.ts";
import type { EndedSessions } from "../session/ended.ts";
import { StartError } from "../start-error.ts";
import type { OpenedStores } from "../stores/opened.ts";
import type { Watch } from "../watch/watch.ts";
import type { ServedPortal } from "./serve-portal.ts";
import type { PortalSettings } from "./settings.ts";

export interface AroundPortal {
  readonly apis: readonly AnyApi[];
  readonly opened: OpenedStores;
  readonly warnings: WarningDesk | undefined;
  readonly watch: Watch | undefined;
  readonly trustedHops: number;
  readonly publicScheme: "http" | "https";
  /** Sessions that were signed out of, under whatever settings. */
  readonly over: EndedSessions;
}

export interface PortalPages {
  readonly pages: Pages;
  /** Resolves once nothing of it is under way. */
  close(): Promise<void>;
}

/** @param settings undefined where customers have no portal. Throws a `StartError` where there cannot be one. */
export function portalPages(
  settings: PortalSettings | undefined,
  around: AroundPortal,
): PortalPages {
  if (settings === undefined) return { pages: () => undefined, close: async () => undefined };
  const wrong = refuseApis(around.apis);
  if (wrong !== undefined) {
    const { what, advice } = wrong;
    throw new StartError(`The portal cannot be served: ${what}; ${advice}, or switch it off.`);
  }
  let opened: Promise<ServedPortal> | undefined;
  const answer = async (...[call]: Parameters<ServedPortal["answer"]>) => {
    opened ??= openPortal(settings, around);
    return (await opened).answer(call);
  };
  const { path } = settings;
  return {
    pages(call) {
      const asked = pathOf(call);
      return asked === path || asked.startsWith(`${path}/`) ? answer(call) : undefined;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

async function openPortal(
  settings: PortalSettings,
  { opened: { stores, pepper }, publicScheme, ...around }: AroundPortal,
): Promise<ServedPortal> {
  const { servePortal } = await import("./serve-portal.ts");
  const isSecure = publicScheme === "https";
  return servePortal({ settings, ...around, stores, pepper, isSecure });
}
