// The two contracts with other limits than they promise, for demos that are tortured.

import type { AnyApi } from "sluice";
import { type Contracts, contracts } from "../../src/demo.ts";

type LimitsDown = "open" | "local" | "closed";

/** With another mode while limits are down, and windows of another length. */
export function contractsWith(limitsDown: LimitsDown, windowMs = 60_000): Contracts {
  return {
    mavera: varied(contracts.mavera, limitsDown, windowMs),
    mentova: varied(contracts.mentova, limitsDown, windowMs),
  };
}

function varied<Api extends AnyApi>(api: Api, limitsDown: LimitsDown, windowMs: number): Api {
  const { wire, server } = api;
  const windows = Object.entries(wire.windows).map(([name, one]) => [name, { ...one, windowMs }]);
  return {
    ...api,
    wire: { ...wire, windows: Object.fromEntries(windows) },
    server: { ...server, limitsDown },
  };
}
