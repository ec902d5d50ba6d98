/** The sections of a configuration beside the contract, made whole: every default of them stands here. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Complaints } from "sluice";
import { type CorsOptions, originProblem } from "sluice/adapter/cors";
import type { Secret } from "../caller/sign.ts";
import { type DoorBounds, doorBounds } from "../door/door.ts";
import {
  type GatewaySettings,
  gatewayDefaults,
  type KeySettings,
  type ListenerSettings,
  type UpstreamPlace,
} from "../settings.ts";
import type { PepperPlace, StoresSettings } from "../stores/opened.ts";
import type {
  Config,
  CorsConfig,
  DrainConfig,
  KeysConfig,
  ListenersConfig,
  PublicListenerConfig,
  SecretsConfig,
  StoresConfig,
  UpstreamConfig,
} from "./config.ts";
import type { Surroundings } from "./surroundings.ts";
import { durationMs, type SecretSource, sizeBytes } from "./written.ts";

const SECRET_LENGTH_MIN = 32;

export function storesFrom(
  stores: StoresConfig = { kind: "sqlite" },
  pepper: SecretSource | undefined,
  around: Surroundings,
): StoresSettings {
  const place = pepper && pepperPlace(pepper, around);
  if (stores.kind === "memory") {
    if (pepper === undefined) return { kind: "memory" };
    const what = "keys in memory are gone with the process";
    around.complaints.add("secrets.pepper", what, "leave it out, or choose other stores");
    return { kind: "memory" };
  }
  if (stores.kind === "sqlite") {
    const folder = around.path(stores.folder ?? ".sluice");
    return { kind: "sqlite", folder, ...(place && { pepper: place }) };
  }
  if (pepper === undefined) {
    around.complaints.add(
      "secrets.pepper",
      "is missing: gateways that share a database must digest keys alike",
      'add pepper: { env: "SLUICE_PEPPER" }, with 32 characters or more',
    );
  }
  const redis = around.url("stores.redisUrl", stores.redisUrl, ["redis:", "rediss:"]);
  const protocols = ["postgres:", "postgresql:"];
  const database = around.url("stores.databaseUrl", stores.databaseUrl, protocols);
  return {
    kind: "shared",
    redisUrl: redis?.href ?? "",
    databaseUrl: database?.href ?? "",
    pepper: place ?? { secret: new Uint8Array() },
  };
}

function pepperPlace(pepper: SecretSource, around: Surroundings): PepperPlace | undefined {
  // The file is opened, or made, together with the stores.
  if ("file" in pepper) return { file: around.path(pepper.file) };
  const text = secretText("secrets.pepper", pepper, around);
  return text === undefined ? undefined : { secret: new TextEncoder().encode(text) };
}

/** What is not written is left to the upstream's own defaults. */
export function upstreamsFrom(
  upstreams: Readonly<Record<string, UpstreamConfig>>,
  around: Surroundings,
): Record<string, UpstreamPlace> {
  const all = Object.entries(upstreams).map(([name, upstream]) => {
    const at = `upstreams.${name}`;
    const url = around.url(`${at}.url`, upstream.url, ["http:", "https:"]);
    if (url !== undefined) checkUpstreamUrl(at, url, upstream, around);
    const { ca, socket, connectionsMax, queueMax, insecureAnyCertificate } = upstream;
    const place = written<UpstreamPlace>({
      url: url?.href ?? "",
      socketPath: socket === undefined ? undefined : around.path(socket),
      ca: ca === undefined ? undefined : certificate(`${at}.ca`, ca, around),
      insecureAnyCertificate,
      connectionsMax,
      queueMax,
      connectTimeoutMs: durationMs(upstream.connectTimeout),
      keepAliveMs: durationMs(upstream.keepAlive),
      idleTimeoutMs: durationMs(upstream.idleTimeout),
      headerBytesMax: sizeBytes(upstream.headersSize),
    });
    return [name, place] as const;
  });
  return Object.fromEntries(all);
}

type Unwritten<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Without the members that nobody wrote. */
function written<T extends object>(all: Unwritten<T>): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}

function checkUpstreamUrl(
  at: string,
  url: URL,
  { ca, insecureAnyCertificate }: UpstreamConfig,
  around: Surroundings,
): void {
  const { complaints } = around;
  if (url.username !== "" || url.password !== "") {
    const advice = "leave them out: calls are signed instead";
    complaints.add(`${at}.url`, "has a user or a password in it", advice);
  }
  if (url.search !== "" || url.hash !== "") {
    complaints.add(`${at}.url`, "has a query or a fragment", "end it after the path");
  }
  for (const [name, value] of Object.entries({ ca, insecureAnyCertificate })) {
    if (value === undefined || url.protocol === "https:") continue;
    complaints.add(`${at}.${name}`, "is of use with https only", "write https://, or leave it out");
  }
}

function certificate(at: string, file: string, around: Surroundings): string | undefined {
  const pem = around.file(at, file);
  if (pem === undefined || isCertificate(pem)) return pem;
  around.complaints.add(
    at,
    `${file} is no certificate`,
    "name a PEM file: -----BEGIN CERTIFICATE-----",
  );
  return undefined;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

export function listenersFrom(
  listeners: ListenersConfig = {},
  around: Surroundings,
): GatewaySettings["listeners"] {
  const { public: outer = {}, internal: inner = {} } = listeners;
  const internal = { host: inner.host ?? "127.0.0.1", port: inner.port ?? 8_788 };
  const open = publicFrom(outer, around);
  const meet = open.host === internal.host || [open.host, internal.host].some(isEveryHost);
  if (meet && open.port === internal.port && open.port !== 0) {
    around.complaints.add(
      "listeners.internal.port",
      `listeners.public listens on ${open.port}, too`,
      "give each a port of its own",
    );
  }
  return { public: open, internal };
}

function isEveryHost(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function publicFrom(outer: PublicListenerConfig, around: Surroundings): ListenerSettings {
  const tls = outer.tls === undefined ? undefined : tlsFrom(outer.tls, around);
  return { host: outer.host ?? "127.0.0.1", port: outer.port ?? 8_787, ...(tls && { tls }) };
}

/** What one caller may take of the public listener; what is not written is left to the door's own defaults. */
export function boundsFrom(
  outer: PublicListenerConfig = {},
  around: Surroundings,
): Partial<DoorBounds> {
  const bounds = written<Partial<DoorBounds>>({
    headersTimeoutMs: durationMs(outer.headersTimeout),
    requestTimeoutMs: durationMs(outer.requestTimeout),
    uploadBytesPerSecondMin: sizeBytes(outer.uploadPerSecondMin),
    keepAliveMs: durationMs(outer.keepAlive),
    stalledMs: durationMs(outer.stalled),
    connectionsMax: outer.connectionsMax,
    connectionsPerAddressMax: outer.connectionsPerAddressMax,
    headerBytesMax: sizeBytes(outer.headersSize),
    headersMax: outer.headersMax,
  });
  const { requestTimeoutMs, headersTimeoutMs } = { ...doorBounds, ...bounds };
  if (requestTimeoutMs < headersTimeoutMs) {
    around.complaints.add(
      "listeners.public.requestTimeout",
      "is over before headersTimeout",
      "make it as long or longer: it includes the headers",
    );
  }
  return bounds;
}

function tlsFrom(
  files: NonNullable<PublicListenerConfig["tls"]>,
  around: Surroundings,
): ListenerSettings["tls"] {
  const at = "listeners.public.tls";
  const cert = certificate(`${at}.cert`, files.cert, around);
  const key = around.file(`${at}.key`, files.key);
  if (cert === undefined || key === undefined) return undefined;
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { cert, key };
    around.complaints.add(
      `${at}.key`,
      `does not belong to the certificate in ${files.cert}`,
      "name the key that the certificate was made with; its own certificate comes first in the file",
    );
  } catch {
    const advice = "name a PEM file without a passphrase: -----BEGIN PRIVATE KEY-----";
    around.complaints.add(`${at}.key`, `${files.key} is no private key`, advice);
  }
  return undefined;
}

/** What callers are signed with. */
export function signingSecretsFrom(
  { caller = [] }: SecretsConfig = {},
  around: Surroundings,
): readonly Secret[] {
  const ids = caller.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    around.complaints.add("secrets.caller", `the id ${twice} stands twice`, "give each its own");
  }
  return caller.flatMap(({ id, secret: source }, index) => {
    const secret = secretText(`secrets.caller.${index}.secret`, source, around);
    return secret === undefined ? [] : [{ id, secret }];
  });
}

function secretText(at: string, source: SecretSource, around: Surroundings): string | undefined {
  const text = around.secret(at, source);
  if (text === undefined || text.length >= SECRET_LENGTH_MIN) return text;
  around.complaints.add(
    at,
    `has ${text.length} characters`,
    `give ${SECRET_LENGTH_MIN} or more: openssl rand -base64 32`,
  );
  return undefined;
}

/** What is not written is left to the gate's own defaults. */
export function keysFrom({ unknownPerMinute, cacheMax }: KeysConfig = {}): KeySettings {
  return written<KeySettings>({ unknownKeysPerMinute: unknownPerMinute, keyCacheMax: cacheMax });
}

export function corsFrom(
  cors: CorsConfig | undefined,
  complaints: Complaints,
): CorsOptions | undefined {
  if (cors === undefined) return undefined;
  const { origins, credentials, exposedHeaders, maxAge } = cors;
  for (const [index, origin] of origins === "*" ? [] : origins.entries()) {
    const problem = originProblem(origin);
    if (problem !== undefined) complaints.add(`cors.origins.${index}`, `is "${origin}"`, problem);
  }
  if (origins === "*" && credentials) {
    const what = 'browsers take no "*" for requests with cookies';
    complaints.add("cors.credentials", what, "name the origins, or leave it out");
  }
  return written<CorsOptions>({
    origins,
    credentials,
    exposedHeaders,
    maxAgeMs: durationMs(maxAge),
  });
}

export function drainFrom(drain: DrainConfig = {}): GatewaySettings["drain"] {
  const standard = gatewayDefaults.drain;
  return {
    noticeMs: durationMs(drain.notice) ?? standard.noticeMs,
    answersMs: durationMs(drain.answers) ?? standard.answersMs,
    streamsMs: durationMs(drain.streams) ?? standard.streamsMs,
  };
}

/** The console is a page over the admin API. */
export function adminFrom(
  { admin = gatewayDefaults.admin, console: page }: Pick<Config, "admin" | "console">,
  complaints: Complaints,
): Pick<GatewaySettings, "admin" | "console"> {
  if (page === true && !admin) {
    complaints.add("console", "has nothing to ask without the admin API", "leave out admin: false");
  }
  return { admin, console: page ?? admin };
}
