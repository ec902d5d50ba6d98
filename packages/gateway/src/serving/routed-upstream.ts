// Several upstreams as one: each operation goes to its own.

import type { Upstream, Work } from "sluice/gate";

/** @param routes the names of upstreams by operation; what is not named goes to the first one. */
export function routedUpstream(
  upstreams: ReadonlyMap<string, Upstream>,
  routes: Readonly<Record<string, string>>,
): Upstream {
  const [first] = upstreams.values();
  if (first === undefined) throw new Error("an API needs an upstream");
  const byOperation = new Map<string, Upstream>();
  for (const [operation, name] of Object.entries(routes)) {
    const upstream = upstreams.get(name);
    if (upstream === undefined) throw new Error(`there is no upstream "${name}" for ${operation}`);
    byOperation.set(operation, upstream);
  }
  if (byOperation.size === 0) return first;
  const upstreamOf = (work: Work) => byOperation.get(work.operation) ?? first;
  return {
    run: (work) => upstreamOf(work).run(work),
    quote: (work) => upstreamOf(work).quote(work),
  };
}
