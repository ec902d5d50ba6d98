// `npm run bench:gate`: what a request costs behind each key check and rate limiter, as a ratio to
// bare node:http on this machine at this moment. Higher is better; 1.00 means that it is free.

import { BARE } from "./http-rows.ts";
import { runCommand } from "./options.ts";
import { type PairedRow, pairedSection } from "./paired-rows.ts";
import { atLeast } from "./results/cell.ts";
import { measureSections } from "./section.ts";

const CONTROL: PairedRow = { ...BARE, name: "A/A: node:http against itself", baseline: BARE };

/** One line each: add a server file to bench/servers and name it here. */
const ROWS: readonly Omit<PairedRow, "baseline">[] = [
  { name: "node:http, deferred answer", server: "raw-deferred.ts", bare: true },
  { name: "sluice, node adapter", server: "gate-node.ts", bar: atLeast(0.85) },
  {
    name: "sluice, fetch adapter on @hono/node-server",
    server: "gate-fetch.ts",
    bar: atLeast(0.7),
  },
  { name: "fetch handler that checks nothing, likewise", server: "hono-bare.ts", bare: true },
  ...inFramework("express", "express-bare.ts", "express-gate.ts", {
    name: "express-rate-limit",
    server: "express-rate-limit.ts",
  }),
  ...inFramework("fastify", "fastify-bare.ts", "fastify-gate.ts", {
    name: "@fastify/rate-limit",
    server: "fastify-rate-limit.ts",
  }),
  ...inFramework("hono", "hono-app-bare.ts", "hono-gate.ts", {
    name: "hono-rate-limiter",
    server: "hono-rate-limiter.ts",
  }),
];

const gateSection = pairedSection(
  { id: "gate", title: "The gate in memory, and others" },
  CONTROL,
  ROWS.map((row) => ({ ...row, baseline: BARE })),
);

/** Bare, behind the popular limiter, and behind the gate: compared within the framework. */
function inFramework(
  framework: string,
  bareServer: string,
  gateServer: string,
  peer: Pick<PairedRow, "name" | "server">,
): readonly Omit<PairedRow, "baseline">[] {
  const league = framework;
  return [
    { name: framework, server: bareServer, bare: true, league },
    { ...peer, name: `${framework}, ${peer.name}`, side: "peer", league },
    { name: `${framework}, sluice`, server: gateServer, league },
  ];
}

await runCommand({ name: "bench:gate", rowsAlways: "the A/A row always runs" }, (options) =>
  measureSections([gateSection], options),
);
