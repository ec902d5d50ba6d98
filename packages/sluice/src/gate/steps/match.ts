/** Step 1: which operation is meant. Refuses nothing: an unknown path is remembered, and refused in *validate*. */
import type { Settings } from "../settings.ts";
import type { Visit } from "../visit.ts";

export function match(visit: Visit, gate: Settings): undefined {
  const { target, method } = visit.call;
  const { basePath } = gate.api.wire;
  const query = target.indexOf("?");
  const full = query < 0 ? target : target.slice(0, query);
  visit.search = query < 0 ? "" : target.slice(query);
  visit.path = full;
  if (!full.startsWith(basePath)) return;
  visit.path = basePath === "" ? full : full.slice(basePath.length) || "/";
  visit.matched = gate.api.router.match(method, visit.path);
  if (visit.matched.kind === "operation") {
    const { pattern } = visit.matched.route;
    // The same text, but one that every request shares: the log then keeps no new string.
    if (pattern.params.length === 0) visit.path = pattern.text;
    visit.operation = gate.operations.get(visit.matched.route.operation);
  }
}
