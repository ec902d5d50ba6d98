/**
 * What `sluice.config.ts` exports by default: plain data that imports nothing. An amount with a unit is always a text
 * (`"30s"`, `"10MiB"`), a count is a number, and a file is a path from the folder of the configuration.
 *
 * @example
 * export default {
 *   contract: { title: "Acme", key: { prefixes: { live: "acme_live_" } }, plans: { … }, operations: { … } },
 *   upstreams: { main: { url: "http://127.0.0.1:9000" } },
 * } satisfies import("@sluice/gateway").Config;
 */
import type { ContractConfig, OpenApiContractConfig } from "./contract-config.ts";
import type { Duration, SecretSource, Size, UrlSource } from "./written.ts";

export interface Config {
  /**
   * How the API refuses, what it costs, and its operations: written here; or the path of a module that exports what
   * `defineApi` gave (`"./contract/index.ts"`); or `{ openapi: "./openapi.yaml", … }`.
   */
  readonly contract: ContractConfig | OpenApiContractConfig | string;
  /** Where the API runs, by name. The first answers every operation that no other names. */
  readonly upstreams: Readonly<Record<string, UpstreamConfig>>;
  /** Where keys, credits, counters and the log are kept. @default { kind: "sqlite", folder: ".sluice" } */
  readonly stores?: StoresConfig;
  readonly listeners?: ListenersConfig;
  /** Needed by stores that several processes share, and by upstreams that check who calls. */
  readonly secrets?: SecretsConfig;
  readonly keys?: KeysConfig;
  /** Pages of other origins that may call the API from a browser. @default none may */
  readonly cors?: CorsConfig;
  /** Paths that pass to an upstream without a key, a limit or a price: `"GET /health"`, `"/docs/{rest*}"`. @default none */
  readonly open?: readonly (string | OpenPathConfig)[];
  /**
   * Documents for callers, made from the contract, below a path after the mount, which needs no key. `true` and a path of your
   * own are an error where an operation or an open path answers there.
   * @default at "/docs", unless something else answers there
   */
  readonly docs?: boolean | { readonly path: string };
  /** A path in front of everything, cut off before the contract looks: `"/acme"`. @default none */
  readonly mount?: string;
  /** Proxies in front of the gate that append to `X-Forwarded-For`. 0 to 16. @default 0 */
  readonly trustedHops?: number;
  readonly drain?: DrainConfig;
  readonly warnings?: WarningsConfig;
  /** Hears from GitHub's secret scanning that keys are public. @default nobody reports any */
  readonly leaks?: LeaksConfig;
  /** A page that tells everybody how the API is and was. `true`: at `/status`. @default false */
  readonly status?: boolean | StatusConfig;
  /**
   * Lines of JSON on standard output: `requests`, one for each and all that an operator should hear of; `events`, only the
   * latter; `none`. @default "requests"
   */
  readonly logs?: "requests" | "events" | "none";
  /** Prometheus metrics on the internal listener. @default true */
  readonly metrics?: boolean;
  /** Where traces are sent, by OTLP over HTTP. @default no traces */
  readonly traces?: UrlSource;
  /** The admin API on the internal listener, below `/admin/v1`, for whoever has a token. @default true */
  readonly admin?: boolean;
  /**
   * A page on the public listener where customers look after what they bought, signed in with a key of theirs. `true`: at
   * `/portal`, and below it. @default false
   */
  readonly portal?: boolean | PortalConfig;
  /**
   * Another contract that decides beside this one, and changes nothing: what it would have done otherwise is counted and logged.
   * Written as `contract` is. @default none
   */
  readonly shadow?: ContractConfig | OpenApiContractConfig | string;
  /** The console on the internal listener, at `/console`, over the admin API. @default true where the admin API is on */
  readonly console?: boolean;
}

export interface UpstreamConfig {
  /** `http://127.0.0.1:9000`; a path in it stands in front of every path. */
  readonly url: UrlSource;
  /** The operations that it answers. @default the first upstream answers all that no other names */
  readonly operations?: readonly string[];
  /** A Unix domain socket to connect to instead of the host and port. @default none */
  readonly socket?: string;
  /** Certificates (PEM) of private authorities, in place of the public ones, for https. @default the public ones */
  readonly ca?: string;
  /** Believes any certificate: whoever is on the way can read and change everything. @default false */
  readonly insecureAnyCertificate?: boolean;
  /** Connections at once. 1 to 10,000. @default 128 */
  readonly connectionsMax?: number;
  /** Requests that may wait for a connection; one more is answered with `unavailable`. @default 1,024 */
  readonly queueMax?: number;
  /** Until a connection stands. @default "2s" */
  readonly connectTimeout?: Duration;
  /** How long an unused connection is kept; shorter than the upstream keeps it. @default "4s" */
  readonly keepAlive?: Duration;
  /**
   * Silence in the middle of an answer, but for a stream of events, or a body of which nothing more is taken: so long, and the
   * call counts as broken. @default "5m"
   */
  readonly idleTimeout?: Duration;
  /** All headers of one answer. @default "16KiB" */
  readonly headersSize?: Size;
}

export type StoresConfig =
  /** Gone when the process ends: for trying things out. */
  | { readonly kind: "memory" }
  | {
      /** One file, for one process. */
      readonly kind: "sqlite";
      /** @default ".sluice" */
      readonly folder?: string;
    }
  | {
      /** Redis counts, PostgreSQL keeps: for several processes. */
      readonly kind: "shared";
      readonly redisUrl: UrlSource;
      readonly databaseUrl: UrlSource;
    };

export interface ListenersConfig {
  /** Where callers come in. @default http://127.0.0.1:8787 */
  readonly public?: PublicListenerConfig;
  /** Health, metrics and the ends of jobs: for your own machines only. @default http://127.0.0.1:8788 */
  readonly internal?: InternalListenerConfig;
}

export interface InternalListenerConfig {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 means any free port. */
  readonly port?: number;
}

export interface PublicListenerConfig extends InternalListenerConfig {
  /** @default plain HTTP */
  readonly tls?: {
    /** The certificate and its chain, PEM. */
    readonly cert: string;
    /** Its private key, PEM. */
    readonly key: string;
  };
  /** Until the last header has come. @default "10s" */
  readonly headersTimeout?: Duration;
  /** Until the whole request has come; longer by the time that its body takes at `uploadPerSecondMin`. @default "60s" */
  readonly requestTimeout?: Duration;
  /** How slowly a body may come: so much a second. @default "16KiB" */
  readonly uploadPerSecondMin?: Size;
  /** How long a connection may wait for its next request; longer than the load balancer in front waits. @default "65s" */
  readonly keepAlive?: Duration;
  /** How long a caller may take nothing of an answer that waits for it. @default "60s" */
  readonly stalled?: Duration;
  /** @default 10,000 */
  readonly connectionsMax?: number;
  /** The same for each address; behind a load balancer all come from one. @default 1,000 */
  readonly connectionsPerAddressMax?: number;
  /** The request line and all headers together. @default "16KiB" */
  readonly headersSize?: Size;
  /** @default 100 */
  readonly headersMax?: number;
}

export interface SecretsConfig {
  /**
   * What digests of keys are made with, 32 characters or more. A file is made where there is none, and keeps every version
   * that a key was made with. Whoever loses it loses all keys. @default a file in the folder of SQLite's
   */
  readonly pepper?: SecretSource;
  /**
   * What the caller is signed with on the way to the upstream, and the ends of jobs on the way back, 32 characters or more.
   * The first signs, all are accepted. @default upstreams are told of nobody, and no end of a job is believed
   */
  readonly caller?: readonly { readonly id: string; readonly secret: SecretSource }[];
}

export interface OpenPathConfig {
  /** `"/docs/{rest*}"` or `"GET /health"`, from the mount on. */
  readonly path: string;
  /** @default the first */
  readonly upstream?: string;
  /** A `GET` may become a WebSocket. @default it may not */
  readonly upgrades?: "websocket";
  /** How long a WebSocket may last. @default "1h" */
  readonly deadline?: Duration;
}

/** What looking up keys may take. */
export interface KeysConfig {
  /** Look-ups of unknown keys that one address may cause a minute. @default 300 */
  readonly unknownPerMinute?: number;
  /** Verified keys that are kept in memory. @default 10,000 */
  readonly cacheMax?: number;
}

/** Open paths included. The gateway answers what browsers ask before a request. */
export interface CorsConfig {
  /** `"https://app.example"`, as browsers write it; or `"*"`, from anywhere. */
  readonly origins: readonly string[] | "*";
  /** Requests may bring cookies; a key in a header needs no such thing. Not together with `"*"`. @default false */
  readonly credentials?: boolean;
  /** What pages may read of your API's own headers, beside those that the gateway writes. @default none */
  readonly exposedHeaders?: readonly string[];
  /** How long browsers may remember that they may ask. @default "2h" */
  readonly maxAge?: Duration;
}

/** How accounts are told, by webhooks of their own, that their credits or a budget run low. */
export interface WarningsConfig {
  /**
   * Webhooks may lead to addresses of private networks and of this machine, and need no TLS: for trying things out, or
   * where all accounts are in your own network. @default false
   */
  readonly allowPrivate?: boolean;
}

/** A partner of GitHub's secret scanning: where reports come in, and what becomes of a key that is public. */
export interface LeaksConfig {
  /** Where GitHub posts on the public listener, from its root on, whatever the mount is: `"/leaks/github"`. */
  readonly path: string;
  /**
   * `revoke`: at once and for ever; `quarantine`: it expires soon, so that its owner can replace it; `note`: the log of changes
   * says so, and nothing else happens. Of a key that was rotated, only the secret that leaked ends.
   */
  readonly onLeak: "revoke" | "quarantine" | "note";
  /** How long a key in quarantine goes on. @default "24h" */
  readonly quarantine?: Duration;
  /** A file with GitHub's public keys, as it publishes them, for a gateway that may not fetch them. @default they are fetched */
  readonly githubKeys?: string;
}

/** How available each operation was in the last 90 days, how long it took, and your incidents: as HTML, JSON and a feed. */
export interface StatusConfig {
  /**
   * On the public listener, from its root on, whatever the mount is; the same with `.json`, `.atom` and `.css`, too.
   * @default "/status"
   */
  readonly path?: string;
  /** What stands above it. @default the contract's title */
  readonly title?: string;
  /** Operations that it does not name and does not count. @default none */
  readonly hidden?: readonly string[];
}

/** Usage, credits, keys, and requests with their explanations, for the account of whoever signs in. */
export interface PortalConfig {
  /** On the public listener, from its root on, whatever the mount is; everything below it belongs to it. */
  readonly path: string;
}

/** What happens when the process is told to end. */
export interface DrainConfig {
  /** How long it says that it is not ready before it takes no more connections. @default "0s" */
  readonly notice?: Duration;
  /** How long calls that are under way may take. @default "30s" */
  readonly answers?: Duration;
  /** The same for answers that stream. @default "5m" */
  readonly streams?: Duration;
}
