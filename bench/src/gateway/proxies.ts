// Every proxy of the tables by its name, and how it is started.

import { fileURLToPath } from "node:url";
import type { LogReport } from "../answer.ts";
import type { Beside } from "../paired-rows.ts";
import type { Row, Run } from "../section.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { postgresAndRedisBeside } from "../stores/beside.ts";
import { startHaproxy } from "./haproxy.ts";
import { startNginx } from "./nginx.ts";
import { checkedReport } from "./report.ts";
import { envOf, type ProxySetup } from "./setup.ts";

export interface ReverseProxy {
  readonly name: string;
  /** It refuses unknown keys, and counts by key. */
  readonly isGuarded: boolean;
  readonly start: (core: number, setup: ProxySetup) => Promise<ServerProcess>;
  /** Starts what it asks on its way; its time is nobody's. */
  readonly beside?: (run: Run) => Promise<Beside>;
  /** Whether its log outlives it: one in memory forgets what is old, which is no loss to tell of. */
  readonly keepsLog?: boolean;
  /** Asked once the load is over: what became of its log. Throws where it has not done what it is measured for. */
  readonly report?: (origin: string) => Promise<LogReport>;
}

/** Whose row a proxy's is; one that guards is compared with our gates, one that does not with our open path. */
export function standingOf({
  name,
  isGuarded,
}: ReverseProxy): Pick<Row, "name" | "side" | "league"> {
  const isPeer = Object.values(PEERS).some((peer) => peer.name === name);
  return { name, side: isPeer ? "peer" : "ours", league: isGuarded ? "guarded" : "open" };
}

/** The open path of a gateway: no key, no limits, no log of its own. */
export const BARE = server("sluice, an open path", "gateway-sluice.ts", { BENCH_FORM: "open" });

const CHARGED = { BENCH_CHARGED: "1" };
const COUNTED = { BENCH_CHARGED: "1", BENCH_METRICS: "1" };

/** Key, plan, rate and log; the charged ones also credits. */
export const GATES = {
  memory: gate("sluice, a gate in memory, charged", "memory", CHARGED),
  memoryFree: gate("sluice, a gate in memory", "memory"),
  memoryCounted: gate("sluice, a gate in memory, charged, metrics", "memory", COUNTED),
  sqlite: gate("sluice, a gate on SQLite, charged", "sqlite", CHARGED),
  sqliteFree: gate("sluice, a gate on SQLite", "sqlite"),
  shared: gate("sluice, a gate on Redis and PostgreSQL, charged", "shared", CHARGED),
  sharedFree: gate("sluice, a gate on Redis and PostgreSQL", "shared"),
} as const;

const fastify = server("@fastify/http-proxy", "gateway-fastify.ts");
const nginx = nginxAs("nginx", false);

export const PEERS = {
  fastify,
  fastifyGuarded: guarded("@fastify/http-proxy, @fastify/rate-limit, a key", "gateway-fastify.ts"),
  middleware: server("http-proxy-middleware", "gateway-http-proxy-middleware.ts"),
  fastProxy: server("fast-proxy", "gateway-fast-proxy.ts"),
  nginx,
  nginxGuarded: nginxAs("nginx, limit_req, auth_request", true),
  haproxy: haproxyAs("haproxy", false),
  haproxyGuarded: haproxyAs("haproxy, stick table, map of keys", true),
} as const;

function server(
  name: string,
  file: string,
  env: Readonly<Record<string, string>> = {},
): ReverseProxy {
  const path = fileURLToPath(new URL(`../../servers/${file}`, import.meta.url));
  return {
    name,
    isGuarded: false,
    start: (core, setup) => startServer(path, core, { ...envOf(setup), ...env }),
  };
}

function gate(name: string, stores: string, env: Readonly<Record<string, string>> = {}) {
  const isCharged = "BENCH_CHARGED" in env;
  return {
    ...server(name, "gateway-sluice.ts", { BENCH_FORM: "gate", BENCH_STORES: stores, ...env }),
    isGuarded: true,
    keepsLog: stores !== "memory",
    report: (origin: string) => checkedReport(name, origin, isCharged),
    ...(stores === "shared" && { beside: postgresAndRedisBeside }),
  };
}

function guarded(name: string, file: string): ReverseProxy {
  return { ...server(name, file, { BENCH_GUARDED: "1" }), isGuarded: true };
}

function nginxAs(name: string, isGuarded: boolean): ReverseProxy {
  return { name, isGuarded, start: (core, setup) => startNginx(core, setup, isGuarded) };
}

function haproxyAs(name: string, isGuarded: boolean): ReverseProxy {
  return { name, isGuarded, start: (core, setup) => startHaproxy(core, setup, isGuarded) };
}
