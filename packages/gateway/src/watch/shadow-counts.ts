// What contracts that only watch have come to, for Prometheus: how many calls they judged, what differed, what they missed.

import type { ObservableResult } from "@opentelemetry/api";
import type { ShadowCounts } from "sluice/gate";

type Look = (result: ObservableResult) => void;
type Observe = (name: string, description: string, look: Look) => void;

export function observeShadows(
  observe: Observe,
  shadows: ReadonlyMap<string, () => ShadowCounts>,
): void {
  const each = (
    name: string,
    description: string,
    look: (counts: ShadowCounts, api: string, result: ObservableResult) => void,
  ) =>
    observe(name, description, (result) => {
      for (const [api, counts] of shadows) look(counts(), api, result);
    });
  each(
    "sluice_shadow_judged_total",
    "Calls that another contract judged beside the one in force.",
    ({ judged }, api, to) => to.observe(judged, { api }),
  );
  each(
    "sluice_shadow_missed_total",
    "Calls that it did not judge, by reason.",
    ({ missed }, api, to) => {
      for (const [why, calls] of Object.entries(missed)) to.observe(calls, { api, why });
    },
  );
  each(
    "sluice_shadow_differences_total",
    "Calls with which it would have done otherwise, by kind.",
    ({ byOperation }, api, to) => {
      for (const { operation, kind, calls } of byOperation) {
        to.observe(calls, { api, operation: operation || "none", kind });
      }
    },
  );
  each(
    "sluice_shadow_credits",
    "What it would have charged more until now; below zero: less.",
    ({ byKind }, api, to) => {
      for (const [kind, { credits }] of Object.entries(byKind)) to.observe(credits, { api, kind });
    },
  );
}
