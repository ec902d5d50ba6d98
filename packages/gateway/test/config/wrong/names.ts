// Names that nothing reads.

import type { Wrong } from "./wrong.ts";

export const NAMES: readonly Wrong[] = [
  [
    "an answer to leaks",
    [["leaks", { path: "/leaks", onLeak: "revok" }]],
    "leaks.onLeak",
    /did you mean "revoke"/,
  ],
  ["a member of the status page", [["status", { tittle: "Acme" }]], "status.tittle", /"title"/],
  ["a member of the portal", [["portal", { pth: "/portal" }]], "portal.pth", /did you mean "path"/],
  ["a section", [["listenrs", {}]], "listenrs", /did you mean "listeners"/],
  ["no contract", [["contract", undefined]], "contract", /is missing.*add contract/],
  ["no upstreams", [["upstreams", undefined]], "upstreams", /is missing/],
  [
    "an empty list of upstreams",
    [["upstreams", {}]],
    "upstreams",
    /describe at least one upstream/,
  ],
  [
    "a member of the contract",
    [["contract.winows", {}]],
    "contract.winows",
    /did you mean "windows"/,
  ],
  [
    "a window's member",
    [["contract.windows.perMinute.limt", 1]],
    "contract.windows.perMinute.limt",
    /"limit"/,
  ],
  [
    "a condition that is reported",
    [["contract.operations.getBrand.reports", ["not_fuond"]]],
    "contract.operations.getBrand.reports",
    /did you mean "not_found"/,
  ],
  [
    "a parameter of an example",
    [["contract.operations.getBrand.example", { params: { brand: "a" } }]],
    "contract.operations.getBrand.example.params.brand",
    /use one of: brandId/,
  ],
  [
    "the code of an example",
    [["contract.examples", { not_fuond: { operation: "getBrand" } }]],
    "contract.examples.not_fuond",
    /did you mean "not_found"/,
  ],
  [
    "an operation's member",
    [["contract.operations.getBrand.pirce", 1]],
    "contract.operations.getBrand.pirce",
    /"price"/,
  ],
  [
    "a plan's member",
    [["contract.plans.pro.allowence", {}]],
    "contract.plans.pro.allowence",
    /"allowance"/,
  ],
  [
    "a key's member",
    [["contract.key.prefix", {}]],
    "contract.key.prefix",
    /did you mean "prefixes"/,
  ],
  [
    "a condition",
    [["contract.conditions", { not_fuond: "X" }]],
    "contract.conditions.not_fuond",
    /"not_found"/,
  ],
  ["a listener", [["listeners", { pubic: {} }]], "listeners.pubic", /did you mean "public"/],
  [
    "an upstream's member",
    [["upstreams.main.conectionsMax", 1]],
    "upstreams.main.conectionsMax",
    /"connectionsMax"/,
  ],
  ["a kind of stores", [["stores", { kind: "sqllite" }]], "stores.kind", /did you mean "sqlite"/],
  ["stores without a kind", [["stores", {}]], "stores", /write \{ kind: "memory" \} or/],
  [
    "a member of other stores",
    [["stores", { kind: "memory", folder: "x" }]],
    "stores.folder",
    /nothing reads/,
  ],
  ["an envelope", [["contract.envelope", "nestd"]], "contract.envelope", /did you mean "nested"/],
  ["a kind of logs", [["logs", "request"]], "logs", /did you mean "requests"/],
  [
    "a method",
    [["contract.operations.getBrand.method", "GETT"]],
    "contract.operations.getBrand.method",
    /"GET"/,
  ],
  [
    "a price",
    [["contract.operations.getBrand.price", { fixd: 1 }]],
    "contract.operations.getBrand.price.fixd",
    /"fixed"/,
  ],
  [
    "a header for costs",
    [["contract.operations.getBrand.price", { atMost: 5, actual: { header: "Sluice-Costs" } }]],
    "contract.operations.getBrand.price.actual.header",
    /did you mean "Sluice-Cost"/,
  ],
];
