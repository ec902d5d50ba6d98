/** The section `portal` of a configuration, made whole and held against the paths of everything else. */
import { type Complaints, type PathPattern, parsePattern } from "sluice";
import { type PortalSettings, portalPathStandard } from "../portal/settings.ts";
import type { ApiSettings, GatewaySettings } from "../settings.ts";
import type { Config } from "./config.ts";

export function portalFrom(
  portal: Config["portal"],
  beside: Pick<GatewaySettings, "apis" | "leaks" | "status">,
  complaints: Complaints,
): PortalSettings | undefined {
  if (portal === undefined || portal === false) return undefined;
  const { path } = portal === true ? { path: portalPathStandard } : portal;
  const taken = whoAnswers(path, beside);
  if (taken !== undefined) {
    const at = portal === true ? "portal" : "portal.path";
    complaints.add(at, taken, 'choose another path, such as { path: "/account" }');
  }
  return { path };
}

/** Everything below the path is the portal's, so nobody else may have a path there. */
function whoAnswers(
  path: string,
  { apis, leaks, status }: Pick<GatewaySettings, "apis" | "leaks" | "status">,
): string | undefined {
  if (/^\/(?:healthz|readyz)(?:\/|$)/.test(path)) return `${path} tells how the gateway is`;
  if (leaks !== undefined && isBelow(leaks.path, path)) {
    return `reports of leaked keys come to ${leaks.path}`;
  }
  if (status !== undefined && isBelow(status.path, path)) {
    return `the status page is at ${status.path}`;
  }
  for (const api of apis) {
    const taken = takenBy(path, api);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function takenBy(path: string, { api, mount, docs, open }: ApiSettings): string | undefined {
  const documents = docs && mount + docs.path;
  if (documents !== undefined && (isBelow(documents, path) || isBelow(path, documents))) {
    return `the documents are at ${documents}`;
  }
  const shadowed = open.find((one) => liesBelow(mount + one.path, path));
  if (shadowed !== undefined) return `the open path ${mount}${shadowed.path} lies there`;
  const { basePath, operations } = api.wire;
  const found = Object.entries(operations).find(([, one]) =>
    liesBelow(mount + basePath + one.path, path),
  );
  return found && `requests of the operation ${found[0]} come there`;
}

function isBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** Whether a pattern names a path at the place or below it. A rest names nothing, so a page may take its paths out of it. */
function liesBelow(text: string, place: string): boolean {
  const parsed: PathPattern | string = parsePattern(text);
  if (typeof parsed === "string") return false;
  const named = parsed.segments.filter(({ isRest }) => !isRest);
  const wanted = place.slice(1).split("/");
  return (
    named.length >= wanted.length &&
    wanted.every((part, index) => {
      const segment = named[index];
      return segment?.param !== undefined || segment?.text === part;
    })
  );
}
