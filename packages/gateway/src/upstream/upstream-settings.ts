// What an upstream is and what it may take, checked once and made whole: every default of the way out stands here.

import { type Clock, systemClock } from "sluice/base";
import type { Secret } from "../caller/sign.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

export interface UpstreamOptions {
  /** Where it listens: `http:` or `https:`, with a path to put before each request's path where it has one. */
  readonly url: string;
  /** A Unix domain socket to connect to instead of the URL's host and port. @default none */
  readonly socketPath?: string;
  /** What `X-Forwarded-Proto` says: how callers reach us. @default "http" */
  readonly publicScheme?: "http" | "https";
  /** Proxies in front of us that append to `X-Forwarded-For`; only then is any of what they wrote passed on. @default 0 */
  readonly trustedHops?: number;
  /** Certificates of private authorities, as PEM, in place of the public ones. @default the public ones */
  readonly ca?: string | readonly string[];
  /** Believes any certificate: whoever is on the way can read and change everything. @default false */
  readonly insecureAnyCertificate?: boolean;
  /** Connections at a time; one request each. @default 128 */
  readonly connectionsMax?: number;
  /** Requests that wait for a connection; more are refused at once. @default 1,024 */
  readonly queueMax?: number;
  /** Until a connection stands, TLS included. @default 2,000 */
  readonly connectTimeoutMs?: number;
  /** How long an unused connection is kept; shorter than the upstream keeps it, or as its `Keep-Alive` says. @default 4,000 */
  readonly keepAliveMs?: number;
  /**
   * Silence in the middle of an answer, but for a stream of events, or a request's body of which nothing more is taken: so long,
   * and the exchange counts as broken. @default 300,000
   */
  readonly idleTimeoutMs?: number;
  /** The headers of one answer. @default 16,384 */
  readonly headerBytesMax?: number;
  /** Hears why requests failed. @default nobody */
  readonly onFailure?: (failure: UpstreamFailure) => void;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** An upstream behind the gate is told of its callers. */
export interface GatedUpstreamOptions extends UpstreamOptions {
  /** What the caller is signed with. @default the upstream is told of no caller */
  readonly secret?: Secret;
}

export interface UpstreamSettings {
  readonly origin: URL;
  /** Without a slash at the end; empty where there is none. */
  readonly pathPrefix: string;
  readonly socketPath: string | undefined;
  readonly publicScheme: "http" | "https";
  readonly trustedHops: number;
  readonly ca: string | readonly string[] | undefined;
  readonly insecureAnyCertificate: boolean;
  readonly connectionsMax: number;
  readonly queueMax: number;
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly idleTimeoutMs: number;
  readonly headerBytesMax: number;
  readonly onFailure: (failure: UpstreamFailure) => void;
  readonly clock: Clock;
}

/** @throws Error that names the option and what would be right */
export function upstreamSettings(options: UpstreamOptions): UpstreamSettings {
  const url = readUrl(options.url);
  const whole = (name: keyof UpstreamOptions, value: number, least: number) => {
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new Error(`${name} must be a whole number from ${least}, not ${value}`);
  };
  if (url.protocol === "http:" && (options.ca !== undefined || options.insecureAnyCertificate)) {
    throw new Error(`ca and insecureAnyCertificate are of use with https only, and ${url} is not`);
  }
  return {
    origin: new URL(url.origin),
    pathPrefix: url.pathname.replace(/\/+$/, ""),
    socketPath: options.socketPath,
    publicScheme: options.publicScheme ?? "http",
    trustedHops: whole("trustedHops", options.trustedHops ?? 0, 0),
    ca: options.ca,
    insecureAnyCertificate: options.insecureAnyCertificate ?? false,
    connectionsMax: whole("connectionsMax", options.connectionsMax ?? 128, 1),
    queueMax: whole("queueMax", options.queueMax ?? 1_024, 0),
    connectTimeoutMs: whole("connectTimeoutMs", options.connectTimeoutMs ?? 2_000, 1),
    keepAliveMs: whole("keepAliveMs", options.keepAliveMs ?? 4_000, 1),
    idleTimeoutMs: whole("idleTimeoutMs", options.idleTimeoutMs ?? 300_000, 1),
    headerBytesMax: whole("headerBytesMax", options.headerBytesMax ?? 16_384, 1_024),
    onFailure: options.onFailure ?? (() => undefined),
    clock: options.clock ?? systemClock,
  };
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  if (url === null || !isHttp || url.hostname === "") {
    throw new Error(`url must be like "http://127.0.0.1:9000", not ${JSON.stringify(text)}`);
  }
  const extra = url.username || url.password || url.search || url.hash;
  if (extra !== "")
    throw new Error(`url must not have ${JSON.stringify(extra)}: host and path only`);
  return url;
}
