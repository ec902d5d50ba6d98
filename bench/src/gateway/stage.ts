// What a row of proxies plays on: an upstream on the load's core, and a proxy or several in front of it.

import { fileURLToPath } from "node:url";
import { newKey } from "../http-rows.ts";
import { type Cores, requireMachine } from "../machine.ts";
import type { Run } from "../section.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import type { ReverseProxy } from "./proxies.ts";
import type { ProxySetup } from "./setup.ts";

const UPSTREAM = fileURLToPath(new URL("../../servers/gateway-upstream.ts", import.meta.url));

export interface Stage {
  readonly cores: Cores;
  readonly setup: ProxySetup;
}

/** Starts the upstream and what the proxies need beside them; all of it ends with `act`. */
export async function onStage<T>(
  run: Run,
  proxies: readonly ReverseProxy[],
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const cores = requireMachine();
  const upstream = await startServer(UPSTREAM, cores.load, {});
  const stops = [() => upstream.stop()];
  try {
    let beside = {};
    for (const proxy of proxies) {
      if (proxy.beside === undefined) continue;
      const started = await proxy.beside(run);
      stops.unshift(() => started.stop());
      beside = { ...beside, ...started.env };
    }
    const { folder } = run;
    return await act({
      cores,
      setup: { upstream: upstream.origin, key: newKey(), folder, beside },
    });
  } finally {
    for (const stop of stops) await stop();
  }
}

/** Starts them one after the other, checks each, and ends them with `act`. */
export async function withProxies<T>(
  proxies: readonly ReverseProxy[],
  { cores, setup }: Stage,
  check: (proxy: ReverseProxy, origin: string, key: string) => Promise<void>,
  act: (servers: readonly ServerProcess[]) => Promise<T>,
): Promise<T> {
  const servers: ServerProcess[] = [];
  try {
    for (const proxy of proxies) {
      const server = await proxy.start(cores.server, setup);
      servers.push(server);
      await check(proxy, server.origin, setup.key);
    }
    return await act(servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
