// What a gateway is made from: plain and complete. Every default has been filled in, every secret has been read.

import type { AnyApi } from "sluice";
import type { AnyAnswers } from "sluice/gate";
import type { DoorBounds } from "./door/door.ts";
import type { StoresSettings } from "./stores/opened.ts";

export interface GatewaySettings {
  /** One or several, each below a path of its own. */
  readonly apis: readonly ApiSettings[];
  readonly stores: StoresSettings;
  readonly listeners: {
    /** Where callers come. */
    readonly public: ListenerSettings;
    /** Where health, metrics and the ends of jobs are asked and told: for the operator and for upstreams. */
    readonly internal: ListenerSettings | undefined;
  };
  readonly bounds: DoorBounds;
  /** Proxies in front that append to `X-Forwarded-For`. */
  readonly trustedHops: number;
  readonly drain: DrainSettings;
  readonly watch: WatchSettings;
}

export interface ApiSettings {
  readonly api: AnyApi;
  /** The path under which it is served; empty for the root. */
  readonly mount: string;
  /** By name; the first one does what names none. */
  readonly upstreams: Readonly<Record<string, UpstreamSettings>>;
  /** The upstream of each operation that does not go to the first. */
  readonly routes: Readonly<Record<string, string>>;
  readonly open: readonly OpenPath[];
  /** What the gate answers by itself, where the contract says so. */
  readonly answers?: AnyAnswers;
}

export interface UpstreamSettings {
  /** `http://127.0.0.1:9000/prefix`. */
  readonly url: string;
  /** What callers are signed with, newest first; the first one signs. Empty: upstreams are told of nobody in a way to believe. */
  readonly secrets: readonly SigningSecret[];
  readonly connectionsMax: number;
  /** Requests that wait for a connection. */
  readonly queueMax: number;
  readonly connectTimeoutMs: number;
  /** Between two pieces of an answer; event streams may be as quiet as they like. */
  readonly idleTimeoutMs: number;
  /** PEM of a certificate authority of one's own. */
  readonly ca?: string;
}

export interface SigningSecret {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** A path that goes to an upstream without a key and without limits. */
export interface OpenPath {
  /** Undefined for all. */
  readonly method: string | undefined;
  /** A pattern of paths, below the mount. */
  readonly path: string;
  /** @default the first upstream */
  readonly upstream?: string;
}

export interface ListenerSettings {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface DrainSettings {
  /** How long it says that it is not ready before it takes no more connections. */
  readonly noticeMs: number;
  /** For whole answers, and for streams. */
  readonly graceMs: number;
  readonly streamGraceMs: number;
}

export interface WatchSettings {
  /** Lines of JSON on standard output: each request, or only what the operator should hear of. */
  readonly log: "requests" | "events" | "none";
  readonly metrics: boolean;
  /** Where traces go by OTLP over HTTP; undefined makes none. */
  readonly tracesUrl: string | undefined;
}
