// Which of its forms Mavera's gate takes under load: told by the harness, read by the server.

export const ADAPTERS = ["node", "fetch"] as const;
const STORES = ["sqlite", "memory"] as const;
const UPSTREAMS = ["plain", "handlers"] as const;

export type Adapter = (typeof ADAPTERS)[number];

export interface Setup {
  readonly adapter: Adapter;
  readonly stores: (typeof STORES)[number];
  /** The plain API behind `fetchUpstream`; or functions that give one answer. */
  readonly upstream: (typeof UPSTREAMS)[number];
}

export function envOf({ adapter, stores, upstream }: Setup): Readonly<Record<string, string>> {
  return { BENCH_ADAPTER: adapter, BENCH_STORES: stores, BENCH_UPSTREAM: upstream };
}

export function readSetup(): Setup {
  return {
    adapter: choice("BENCH_ADAPTER", ADAPTERS),
    stores: choice("BENCH_STORES", STORES),
    upstream: choice("BENCH_UPSTREAM", UPSTREAMS),
  };
}

function choice<T extends string>(name: string, options: readonly T[]): T {
  const given = process.env[name];
  const option = options.find((candidate) => candidate === given);
  if (option === undefined) throw new Error(`${name} must be one of ${options.join(", ")}`);
  return option;
}
