// The rows of `bench:mavera`: the whole API, then with one part after the other taken away, so that
// a reader sees where the time goes.

import type { Exchange } from "../exchange.ts";
import type { HttpRow } from "../http-rows.ts";
import { type PairedRow, pairedSection } from "../paired-rows.ts";
import { atLeast } from "../results/cell.ts";
import {
  CREDITS,
  personasExchange,
  plainExchange,
  responseExchange,
  streamExchange,
} from "./exchanges.ts";
import { ADAPTERS, type Adapter, envOf, type Setup } from "./setup.ts";

/** The bars of a gate that charges nothing, by adapter. */
const AIMS: Readonly<Record<Adapter, number>> = { node: 0.85, fetch: 0.7 };

const ADAPTER_NAMES: Readonly<Record<Adapter, string>> = {
  node: "node adapter",
  fetch: "fetch adapter",
};

const BARE: HttpRow = { name: "node:http", server: "mavera-raw.ts", bare: true };

const CONTROL: PairedRow = {
  ...BARE,
  name: "A/A: node:http against itself",
  baseline: BARE,
  exchange: responseExchange,
};

const ROWS: readonly PairedRow[] = [
  ...ADAPTERS.map((adapter) => ({
    ...responses({ adapter, stores: "sqlite", upstream: "plain" }),
    bar: atLeast(AIMS[adapter]),
  })),
  ...ADAPTERS.map((adapter) => responses({ adapter, stores: "memory", upstream: "plain" })),
  ...ADAPTERS.map((adapter) => responses({ adapter, stores: "sqlite", upstream: "handlers" })),
  ...ADAPTERS.map((adapter) => responses({ adapter, stores: "memory", upstream: "handlers" })),
  {
    name: "POST /responses: the plain API, no gate",
    server: "mavera-plain.ts",
    bare: true,
    baseline: BARE,
    exchange: plainExchange,
  },
  gated("GET /personas", personasExchange, {
    adapter: "node",
    stores: "sqlite",
    upstream: "plain",
  }),
  {
    ...gated("POST /responses, a stream of 12 events", streamExchange, {
      adapter: "node",
      stores: "sqlite",
      upstream: "plain",
    }),
    credits: CREDITS,
  },
];

export const maveraSection = pairedSection(
  { id: "mavera", title: "Mavera over HTTP" },
  CONTROL,
  ROWS,
);

function responses(setup: Setup): PairedRow {
  return { ...gated("POST /responses", responseExchange, setup), credits: CREDITS };
}

function gated(what: string, exchange: Exchange, setup: Setup): PairedRow {
  const upstream = setup.upstream === "plain" ? "plain API" : "handlers";
  return {
    name: `${what}: ${setup.stores}, ${upstream}, ${ADAPTER_NAMES[setup.adapter]}`,
    server: "mavera-gate.ts",
    env: envOf(setup),
    baseline: BARE,
    exchange,
    // The log in memory forgets old rows by design, which is no loss to report.
    ...(setup.stores === "sqlite" && { reports: true }),
  };
}
