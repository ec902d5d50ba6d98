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

/** A stage that is open until it is closed. */
export interface OpenStage extends Stage {
  close(): Promise<void>;
}

/** Starts the upstream. */
export async function openStage({ folder }: Run): Promise<OpenStage> {
  const cores = requireMachine();
  const upstream = await startServer(UPSTREAM, cores.load, {});
  return {
    cores,
    setup: { upstream: upstream.origin, key: newKey(), folder, beside: {} },
    close: () => upstream.stop(),
  };
}

/** With the upstream and what this proxy needs beside it; both end with `act`. */
export async function onStage<T>(
  run: Run,
  proxy: ReverseProxy,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stage = await openStage(run);
  try {
    return await withBeside(run, proxy, stage, act);
  } finally {
    await stage.close();
  }
}

/** With what this proxy needs beside it. */
export async function withBeside<T>(
  run: Run,
  proxy: ReverseProxy,
  { cores, setup }: Stage,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const beside = await proxy.beside?.(run);
  try {
    return await act({ cores, setup: { ...setup, beside: beside?.env ?? {} } });
  } finally {
    await beside?.stop();
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
