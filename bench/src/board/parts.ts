// The short forms of all benchmarks, in the order in which they run: together twenty minutes on a quiet machine.

export interface Part {
  /** What `--only` takes. */
  readonly id: string;
  readonly title: string;
  /** As npm knows it. */
  readonly command: string;
  /** A file of bench/src. */
  readonly file: string;
  /** What is left of a whole run, for a quick look. */
  readonly args: readonly string[];
  /** Of Node. @default none */
  readonly nodeArgs?: readonly string[];
  /** Whether it takes `--rounds` and `--seconds`. */
  readonly hasRounds: boolean;
  /** Whether it takes `--pictures`. */
  readonly draws?: true;
  /** On a quiet machine; nothing depends on it but what is said of the time left. */
  readonly minutes: number;
}

export const PARTS: readonly Part[] = [
  {
    id: "frameworks",
    title: "The gate in Express, Fastify and Hono",
    command: "bench:frameworks",
    file: "frameworks.ts",
    args: ["--seconds", "2"],
    draws: true,
    hasRounds: true,
    minutes: 5.2,
  },
  {
    id: "gate",
    title: "The gate alone",
    command: "bench:gate",
    file: "gate.ts",
    args: ["--seconds", "2", ...only("sluice, node", "deferred", "fetch adapter")],
    hasRounds: true,
    minutes: 1.2,
  },
  {
    id: "stores",
    title: "Durable stores, and limits in Redis",
    command: "bench:stores",
    file: "stores.ts",
    args: [
      "--seconds",
      "1",
      ...only("debits/sqlite, 64 callers", "shared-debits/postgres, 64 callers", "shared-log/"),
      ...only("keys/", "decisions/", "scripts/", "memory/", "curves/by decisions in a batch"),
      ...only("gate/sqlite log : sluice without a log"),
      ...only("gate/limits in Redis : rate-limiter-flexible on Redis"),
    ],
    draws: true,
    hasRounds: true,
    minutes: 3,
  },
  {
    id: "mavera",
    title: "A whole API: Mavera",
    command: "bench:mavera",
    file: "mavera.ts",
    args: ["--seconds", "2", ...only("responses: sqlite, plain", "no gate", "stream")],
    hasRounds: true,
    minutes: 1.5,
  },
  {
    id: "gateway",
    title: "The gateway, and other reverse proxies",
    command: "bench:gateway",
    file: "gateway.ts",
    args: ["--seconds", "1"],
    draws: true,
    hasRounds: true,
    minutes: 4,
  },
  {
    id: "client",
    title: "The client, and other clients",
    command: "bench:client",
    file: "client.ts",
    args: [
      ...only("sliding", "fixed", "clients", "outage", "brown-out", "shard-3", "retry-after"),
      ...only("metastable/bare fetch", "metastable/ky", "metastable/cockatiel"),
      ...only("hopeless", "streams", "lost", "leaks", "breakers"),
      ...only("time", "memory", "throughput"),
    ],
    nodeArgs: ["--expose-gc"],
    draws: true,
    hasRounds: false,
    minutes: 3.5,
  },
  {
    id: "hour",
    title: "A simulated hour",
    command: "bench:hour",
    file: "hour.ts",
    args: [],
    hasRounds: false,
    minutes: 0.5,
  },
  {
    id: "bundle",
    title: "What a page ships",
    command: "bench:bundle",
    file: "bundle.ts",
    args: [],
    hasRounds: false,
    minutes: 0.1,
  },
];

function only(...asked: readonly string[]): readonly string[] {
  return asked.flatMap((one) => ["--only", one]);
}
