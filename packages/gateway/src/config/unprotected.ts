/** What a gateway lets through without protection, in words: for whoever starts it to read. */
import type { AnyApi } from "sluice";
import type { ApiSettings, GatewaySettings } from "../settings.ts";

export interface UnprotectedRoute {
  /** `GET /v1/brands`, as callers see it. */
  readonly route: string;
  /** Why, and what would protect it. */
  readonly reason: string;
}

/** Open paths first, then operations that nothing limits and nobody pays for. */
export function unprotectedRoutes({ apis }: Pick<GatewaySettings, "apis">): UnprotectedRoute[] {
  return apis.flatMap((served) => [...openPaths(served), ...unlimitedOperations(served)]);
}

function openPaths({ mount, open }: ApiSettings): UnprotectedRoute[] {
  return open.map(({ method, path }) => ({
    route: `${method ?? "any method"} ${mount}${path}`,
    reason: "open: passes without a key, a limit or a price",
  }));
}

function unlimitedOperations({ api, mount }: ApiSettings): UnprotectedRoute[] {
  const { basePath, operations } = api.wire;
  return Object.entries(operations)
    .filter(([name]) => !isLimited(name, api))
    .map(([, { method, path }]) => ({
      route: `${method} ${mount}${basePath}${path}`,
      reason: "needs a key, but no window counts it, no slot bounds it, and it is free",
    }));
}

function isLimited(name: string, { wire, server }: AnyApi): boolean {
  const limits = [...Object.values(wire.windows), ...Object.values(wire.slots ?? {})];
  const counts = limits.some(({ operations }) => operations?.includes(name) ?? true);
  return counts || server.operations[name]?.price !== undefined;
}
