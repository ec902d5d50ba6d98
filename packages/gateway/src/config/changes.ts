/** What differs between two readings of a configuration: what holds from the next call on, and what waits for a restart. */
import { isDeepStrictEqual } from "node:util";
import type { GatewaySettings } from "../settings.ts";
import type { LoadedConfig } from "./load-config.ts";

export interface Changes {
  /** Can be taken over while serving. */
  readonly now: readonly string[];
  /** Stay as they were until the process is started anew. */
  readonly atRestart: readonly string[];
}

type Reading = Pick<LoadedConfig, "settings" | "contract">;

/** In words for the log, without any value: addresses and secrets stay out of it. */
export function changesBetween(old: Reading, fresh: Reading): Changes {
  return {
    now: [...contractChanges(old, fresh), ...changedIn(SERVED, old.settings, fresh.settings)],
    atRestart: changedIn(FIXED, old.settings, fresh.settings),
  };
}

interface Part {
  readonly named: string;
  readonly of: (settings: GatewaySettings) => unknown;
}

const SERVED: readonly Part[] = [
  { named: "upstreams", of: ({ apis }) => apis.map(({ upstreams }) => Object.entries(upstreams)) },
  { named: "which upstream answers which operation", of: ({ apis }) => apis.map((a) => a.routes) },
  { named: "secrets.caller", of: ({ secrets }) => secrets },
  { named: "cors", of: ({ apis }) => apis.map(({ cors }) => cors) },
  { named: "docs", of: ({ apis }) => apis.map(({ docs }) => docs) },
  { named: "keys", of: ({ apis }) => apis.map(({ keys }) => keys) },
  { named: "open paths", of: ({ apis }) => apis.map(({ open }) => open) },
  { named: "the TLS certificate", of: ({ listeners }) => listeners.public.tls },
  { named: "shadow", of: ({ apis }) => apis.map(({ shadow }) => shadow?.wire) },
  { named: "status", of: ({ status }) => status },
  { named: "portal", of: ({ portal }) => portal },
  { named: "leaks", of: ({ leaks }) => leaks },
  { named: "drain", of: ({ drain }) => drain },
];

const FIXED: readonly Part[] = [
  { named: "stores", of: ({ stores }) => stores },
  { named: "listeners.public (host, port)", of: ({ listeners }) => placeOf(listeners.public) },
  { named: "listeners.public (TLS on or off)", of: ({ listeners }) => !listeners.public.tls },
  { named: "listeners.internal", of: ({ listeners }) => listeners.internal },
  { named: "the bounds of listeners.public", of: ({ bounds }) => bounds },
  { named: "mount", of: ({ apis }) => apis.map(({ mount }) => mount) },
  { named: "trustedHops", of: ({ trustedHops }) => trustedHops },
  { named: "admin", of: ({ admin }) => admin },
  // It goes with the admin API, which says so itself.
  { named: "console", of: ({ admin, console }) => console || !admin },
  { named: "warnings", of: ({ warnings }) => warnings },
  { named: "logs, metrics, traces", of: ({ watch }) => watch },
];

function changedIn(parts: readonly Part[], old: GatewaySettings, fresh: GatewaySettings): string[] {
  return parts.filter(({ of }) => !isDeepStrictEqual(of(old), of(fresh))).map(({ named }) => named);
}

function placeOf({ host, port }: { readonly host: string; readonly port: number }): unknown {
  return { host, port };
}

/** Which parts of the contract; a module is read anew whole, and nobody can tell what in it changed. */
function contractChanges(old: Reading, fresh: Reading): string[] {
  if (old.contract === undefined || fresh.contract === undefined) {
    return ["the contract's module was read anew"];
  }
  const before: Readonly<Record<string, unknown>> = { ...old.contract };
  const after: Readonly<Record<string, unknown>> = { ...fresh.contract };
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return parts
    .filter((part) => !isDeepStrictEqual(before[part], after[part]))
    .flatMap((part) => namesIn(part, before[part], after[part]));
}

/** Parts with names in them say which of them. */
function namesIn(part: string, before: unknown, after: unknown): string[] {
  const place = `contract.${part}`;
  if (!NAMED.has(part)) return [place];
  const [was, is]: Readonly<Record<string, unknown>>[] = [
    { ...Object(before) },
    { ...Object(after) },
  ];
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  return names
    .filter((name) => !isDeepStrictEqual(was?.[name], is?.[name]))
    .map((name) => {
      if (was?.[name] === undefined) return `${place}.${name} (new)`;
      return `${place}.${name}${is?.[name] === undefined ? " (gone)" : ""}`;
    });
}

const NAMED: ReadonlySet<string> = new Set(["operations", "plans", "windows", "slots", "codes"]);
