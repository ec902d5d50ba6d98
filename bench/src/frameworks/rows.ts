// The rows of `bench:frameworks`: in each framework the app with the gate, beside the app with its limiter and beside the app
// alone.

import type { HttpRow } from "../http-rows.ts";
import { type PairedRow, pairedSection } from "../paired-rows.ts";
import { beats } from "../results/cell.ts";
import { ratioPicture } from "../results/ratio-picture.ts";
import type { Section } from "../section.ts";
import { redisBeside } from "../stores/beside.ts";

interface Framework {
  readonly id: string;
  readonly title: string;
  /** Files of bench/servers. */
  readonly servers: { readonly bare: string; readonly limiter: string; readonly gate: string };
  /** The popular limiter. */
  readonly limiter: string;
}

export const FRAMEWORKS: readonly Framework[] = [
  {
    id: "express",
    title: "Express 5",
    servers: {
      bare: "express-bare.ts",
      limiter: "express-rate-limit.ts",
      gate: "express-gate.ts",
    },
    limiter: "express-rate-limit",
  },
  {
    id: "fastify",
    title: "Fastify 5",
    servers: {
      bare: "fastify-bare.ts",
      limiter: "fastify-rate-limit.ts",
      gate: "fastify-gate.ts",
    },
    limiter: "@fastify/rate-limit",
  },
  {
    id: "hono",
    title: "Hono on @hono/node-server",
    servers: { bare: "hono-app-bare.ts", limiter: "hono-rate-limiter.ts", gate: "hono-gate.ts" },
    limiter: "hono-rate-limiter",
  },
];

const ON_REDIS = { beside: redisBeside } as const;
const CHARGED = { env: { BENCH_CHARGED: "1" } } as const;

export function frameworkSection({ id, title, servers, limiter }: Framework): Section {
  const bare: HttpRow = { name: "the app alone", server: servers.bare, bare: true };
  const limited: HttpRow = { name: limiter, server: servers.limiter };
  const gate = { server: servers.gate };
  const toBare = { baseline: bare };
  const toLimiter = { baseline: limited, bar: beats(limiter) };
  const control = { ...bare, ...toBare, name: "A/A: the app alone against itself" };
  const rows: readonly PairedRow[] = [
    { name: `sluice : ${limiter}, in memory`, ...gate, ...toLimiter },
    { name: `sluice : ${limiter}, on Redis`, ...gate, ...toLimiter, ...ON_REDIS },
    { name: `sluice, charged : ${limiter}, in memory`, ...gate, ...toLimiter, ...CHARGED },
    {
      name: `sluice, charged : ${limiter}, on Redis`,
      isLong: true,
      ...gate,
      ...toLimiter,
      ...CHARGED,
      ...ON_REDIS,
    },
    { name: "sluice, in memory : the app alone", ...gate, ...toBare },
    { name: "sluice, limits in Redis : the app alone", ...gate, ...toBare, ...ON_REDIS },
    {
      name: "sluice, in memory, charged : the app alone",
      isLong: true,
      ...gate,
      ...toBare,
      ...CHARGED,
    },
    ...[{}, ON_REDIS].map((beside) => ({
      ...limited,
      name: `${limiter}, ${beside === ON_REDIS ? "on Redis" : "in memory"} : the app alone`,
      isLong: true as const,
      // What decides between the two is the pair of them, in the same seconds.
      side: "bound" as const,
      ...toBare,
      ...beside,
    })),
  ];
  const section = { id, title: `${title}: the gate, its limiter, the app alone` };
  return {
    ...pairedSection(section, control, rows),
    picture: (table) => [
      `frameworks-${id}`,
      ratioPicture(table, "requests per CPU-second, as a multiple of what stands behind the colon"),
    ],
  };
}
