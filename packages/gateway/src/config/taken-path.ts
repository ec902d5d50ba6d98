/** Who answers already at a path of the public listener that a page would take, whatever the mounts are. */
import { targetBelow } from "sluice/adapter/node";
import type { ApiSettings } from "../settings.ts";

/** A rest (`/{path*}`) names nothing, so a page may take a path out of it. */
export function takenBy(path: string, served: ApiSettings): string | undefined {
  if (path === "/healthz" || path === "/readyz") return `${path} tells how the gateway is`;
  const { open, mount } = served;
  if (open.some((one) => mount + one.path === path)) return `${path} is an open path`;
  const name = operationAt(path, served);
  return name && `requests of the operation ${name} come there`;
}

/** The operation that has this path by name, whatever its method. */
function operationAt(path: string, { api, mount }: ApiSettings): string | undefined {
  const below = targetBelow(mount + api.wire.basePath, path);
  if (below === undefined) return undefined;
  const methods = new Set(Object.values(api.wire.operations).map(({ method }) => method));
  for (const method of methods) {
    const found = api.router.match(method, below);
    if (found.kind !== "operation") continue;
    if (found.route.pattern.segments.at(-1)?.isRest !== true) return found.route.operation;
  }
  return undefined;
}
