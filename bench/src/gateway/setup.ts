// What the harness tells each proxy, and what all of them are set to alike.

/** Connections to the upstream that a proxy may have open: as many as there are streams, twice over. */
export const UPSTREAM_CONNECTIONS = 1_024;

/** How long a caller may leave a connection idle. */
export const KEEP_ALIVE_MS = 75_000;

/** Far above what any load reaches, so that requests are counted and none is refused. */
export const REQUESTS_A_SECOND = 1_000_000;

export interface ProxySetup {
  /** `http://127.0.0.1:9000`. */
  readonly upstream: string;
  /** The one key that a guarded proxy takes. */
  readonly key: string;
  /** For files. */
  readonly folder: string;
  /** Where to find the servers that run beside it. */
  readonly beside: Readonly<Record<string, string>>;
}

/** For servers that are TypeScript files; they read the key as every server of the benchmarks does. */
export function envOf({ upstream, key, folder, beside }: ProxySetup): Record<string, string> {
  return { ...beside, BENCH_UPSTREAM: upstream, BENCH_KEY: key, BENCH_FOLDER: folder };
}

/** The other side of `envOf`. */
export function upstreamUrl(): string {
  const { BENCH_UPSTREAM } = process.env;
  if (BENCH_UPSTREAM === undefined) throw new Error("BENCH_UPSTREAM must be an address");
  return BENCH_UPSTREAM;
}
