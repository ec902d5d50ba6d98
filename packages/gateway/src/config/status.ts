/** The section `status` of a configuration, made whole and held against the paths of everything else. */
import type { Complaints } from "sluice";
import type { GatewaySettings } from "../settings.ts";
import { type StatusSettings, statusPathStandard, statusPaths } from "../status/settings.ts";
import type { Config } from "./config.ts";
import { takenBy } from "./taken-path.ts";

export function statusFrom(
  status: Config["status"],
  beside: Pick<GatewaySettings, "apis" | "leaks">,
  complaints: Complaints,
): StatusSettings | undefined {
  if (status === undefined || status === false) return undefined;
  const written = status === true ? {} : status;
  const { path = statusPathStandard, hidden = [] } = written;
  const taken = whoAnswers(path, beside);
  if (taken !== undefined) {
    const at = written.path === undefined ? "status" : "status.path";
    complaints.add(at, taken, 'choose another path, such as { path: "/how-it-is" }');
  }
  const names = beside.apis.flatMap(({ api }) => Object.keys(api.wire.operations));
  for (const [index, name] of hidden.entries()) {
    complaints.unknownName(`status.hidden.${index}`, "operation", name, names);
  }
  if (names.length > 0 && names.every((name) => hidden.includes(name))) {
    const what = "leaves nothing to tell of";
    complaints.add("status.hidden", what, "name fewer operations, or write status: false");
  }
  const titles = beside.apis.map(({ api }) => api.wire.about.title);
  return { path, title: written.title ?? titles.join(", "), hidden };
}

function whoAnswers(
  path: string,
  { apis, leaks }: Pick<GatewaySettings, "apis" | "leaks">,
): string | undefined {
  for (const mine of statusPaths(path)) {
    if (leaks?.path === mine) return `reports of leaked keys come to ${mine}`;
    for (const api of apis) {
      const docs = api.docs && api.mount + api.docs.path;
      if (docs !== undefined && (mine === docs || mine.startsWith(`${docs}/`))) {
        return `${mine} is in the documents`;
      }
      const taken = takenBy(mine, api);
      if (taken !== undefined) return taken;
    }
  }
  return undefined;
}
