// What a gateway has beside its doors and gates: who watches, who warns, and the admin API. What is off is not even loaded: half
// of the time of a start goes into what it loads.

import type { AnyApi } from "sluice";
import type { serveAdmin } from "./serving/served-admin.ts";
import type { GatewaySettings } from "./settings.ts";
import type { OpenedStores } from "./stores/opened.ts";
import type { Warnings } from "./warnings/warnings.ts";
import type { Watch } from "./watch/watch.ts";

export interface Parts {
  readonly opened: OpenedStores;
  /** Undefined where nobody watches. */
  readonly watch: Watch | undefined;
  /** Undefined where nobody is warned. */
  readonly warnings: Warnings | undefined;
  /** Undefined where the admin API is off. */
  readonly openAdmin: typeof serveAdmin | undefined;
}

export async function openParts(settings: GatewaySettings, opened: OpenedStores): Promise<Parts> {
  const [watch, openAdmin] = await Promise.all([openWatch(settings), adminOf(settings)]);
  return { opened, watch, openAdmin, warnings: await openWarnings(settings, opened, watch) };
}

export function contractsOf({ apis }: GatewaySettings): readonly AnyApi[] {
  return apis.map(({ api }) => api);
}

/** What an operator should hear of. */
export function tell(watch: Watch | undefined, what: string, error?: unknown): void {
  if (watch === undefined)
    console.error(`sluice: ${what}${error === undefined ? "" : ":"}`, error ?? "");
  else if (error === undefined) watch.lines.say(what);
  else watch.lines.fail(what, error);
}

async function openWatch(settings: GatewaySettings): Promise<Watch | undefined> {
  const { log, metrics, tracesUrl } = settings.watch;
  if (log === "none" && !metrics && tracesUrl === undefined) return undefined;
  const { openWatch } = await import("./watch/watch.ts");
  return openWatch({ ...settings.watch, apis: contractsOf(settings) });
}

/** There is no other place for it than the internal listener. */
async function adminOf({ admin, listeners }: GatewaySettings): Promise<Parts["openAdmin"]> {
  if (!admin || listeners.internal === undefined) return undefined;
  return (await import("./serving/served-admin.ts")).serveAdmin;
}

async function openWarnings(
  settings: GatewaySettings,
  { stores, pepper }: OpenedStores,
  watch: Watch | undefined,
): Promise<Warnings | undefined> {
  if (settings.warnings === undefined) return undefined;
  const { openWarnings } = await import("./warnings/warnings.ts");
  return openWarnings({
    ...settings.warnings,
    ...{ stores, pepper },
    tell: (what, error) => tell(watch, what, error),
  });
}
