/** What a whole configuration may hold. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "sluice/base";
import { contractShape, openApiShape, protocol } from "./contract-shape.ts";
import {
  choice,
  duration,
  flag,
  list,
  map,
  maybe,
  NAME,
  needed,
  number,
  object,
  type Shape,
  size,
  text,
} from "./shape.ts";

const secret: Shape = {
  kind: "one of",
  what: "place of a secret",
  hidden: true,
  by: {
    env: object({ env: needed(text("ACME_SECRET", /^[A-Za-z_][A-Za-z0-9_]*$/)) }),
    file: object({ file: needed(text("./secrets/acme")) }),
  },
};

const url: Shape = { kind: "either", by: { text: text("http://127.0.0.1:9000"), object: secret } };

const upstream = object({
  url: needed(url),
  operations: maybe(list(text("createBrand"), 1)),
  socket: maybe(text("/run/api.sock")),
  ca: maybe(text("./ca.pem")),
  insecureAnyCertificate: maybe(flag),
  connectionsMax: maybe(number(1, 10_000)),
  queueMax: maybe(number(0, 100_000)),
  connectTimeout: maybe(duration(1, MINUTE_MS)),
  keepAlive: maybe(duration(1, HOUR_MS)),
  idleTimeout: maybe(duration(SECOND_MS, DAY_MS)),
  headersSize: maybe(size(1_024, 1_048_576)),
});

const kind = needed(text("sqlite"));

const stores: Shape = {
  kind: "kinds",
  what: "kind of stores",
  by: {
    memory: object({ kind }),
    sqlite: object({ kind, folder: maybe(text(".sluice")) }),
    shared: object({ kind, redisUrl: needed(url), databaseUrl: needed(url) }),
  },
};

const listener = {
  host: maybe(text("127.0.0.1")),
  port: maybe(number(0, 65_535)),
};

const publicListener = object({
  ...listener,
  tls: maybe(object({ cert: needed(text("./cert.pem")), key: needed(text("./key.pem")) })),
  headersTimeout: maybe(duration(100, 5 * MINUTE_MS)),
  requestTimeout: maybe(duration(100, HOUR_MS)),
  uploadPerSecondMin: maybe(size(1, 1_048_576)),
  keepAlive: maybe(duration(SECOND_MS, HOUR_MS)),
  stalled: maybe(duration(SECOND_MS, HOUR_MS)),
  connectionsMax: maybe(number(1, 1_000_000)),
  connectionsPerAddressMax: maybe(number(1, 1_000_000)),
  headersSize: maybe(size(1_024, 1_048_576)),
  headersMax: maybe(number(10, 1_000)),
});

const callerSecret = object({
  id: needed(text("2026-11", /^[A-Za-z0-9_.:-]{1,64}$/)),
  secret: needed(secret),
});

const open: Shape = {
  kind: "either",
  by: {
    text: text("GET /health"),
    object: object({
      path: needed(text("/docs/{rest*}")),
      upstream: maybe(text("main")),
      upgrades: maybe(protocol),
      deadline: maybe(duration(SECOND_MS, DAY_MS)),
    }),
  },
};

const cors = object({
  origins: needed({
    kind: "either",
    by: { text: text("*", /^\*$/), list: list(text("https://app.example"), 1) },
  }),
  credentials: maybe(flag),
  exposedHeaders: maybe(list(text("X-Total-Count", /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/), 1)),
  maxAge: maybe(duration(0, DAY_MS)),
});

const PLACE = /^(\/[A-Za-z0-9._~-]+)+$/;

const leaks = object({
  path: needed(text("/leaks/github", PLACE)),
  onLeak: needed(choice("answer to a leak", ["revoke", "quarantine", "note"])),
  quarantine: maybe(duration(MINUTE_MS, 30 * DAY_MS)),
  githubKeys: maybe(text("./github-keys.json")),
});

const path = text("/docs", PLACE);

const docs: Shape = { kind: "either", by: { flag, object: object({ path: needed(path) }) } };

const status: Shape = {
  kind: "either",
  by: {
    flag,
    object: object({
      path: maybe(text("/status", PLACE)),
      title: maybe(text("Acme")),
      hidden: maybe(list(text("createBrand"), 1)),
    }),
  },
};

const contractOr = (object: Shape): Shape => ({
  kind: "either",
  by: { text: text("./contract/index.ts"), object },
});

const members = {
  contract: needed(contractOr(contractShape)),
  shadow: maybe(contractOr(contractShape)),
  upstreams: needed(map("upstream", upstream, 1, NAME)),
  stores: maybe(stores),
  listeners: maybe(object({ public: maybe(publicListener), internal: maybe(object(listener)) })),
  secrets: maybe(object({ pepper: maybe(secret), caller: maybe(list(callerSecret, 1)) })),
  keys: maybe(
    object({
      unknownPerMinute: maybe(number(1, 1_000_000)),
      cacheMax: maybe(number(1, 10_000_000)),
    }),
  ),
  cors: maybe(cors),
  open: maybe(list(open)),
  docs: maybe(docs),
  mount: maybe(text("/acme", PLACE)),
  trustedHops: maybe(number(0, 16)),
  drain: maybe(
    object({
      notice: maybe(duration(0, HOUR_MS)),
      answers: maybe(duration(0, HOUR_MS)),
      streams: maybe(duration(0, DAY_MS)),
    }),
  ),
  warnings: maybe(object({ allowPrivate: maybe(flag) })),
  leaks: maybe(leaks),
  status: maybe(status),
  logs: maybe(choice("kind of logs", ["requests", "events", "none"])),
  metrics: maybe(flag),
  traces: maybe(url),
  admin: maybe(flag),
  console: maybe(flag),
  portal: maybe(docs),
};

/** @param begins which contracts begin with an OpenAPI file */
export function configShapeFor(begins: {
  readonly contract: boolean;
  readonly shadow: boolean;
}): Shape {
  return object({
    ...members,
    ...(begins.contract && { contract: needed(openApiShape) }),
    ...(begins.shadow && { shadow: maybe(openApiShape) }),
  });
}

export const configShape: Shape = configShapeFor({ contract: false, shadow: false });
/** The same where the contract begins with an OpenAPI file. */
export const openApiConfigShape: Shape = configShapeFor({ contract: true, shadow: false });
