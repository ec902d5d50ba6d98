// What makes no sense together around a contract: upstreams, open paths, listeners, stores and secrets.

import type { Wrong } from "./wrong.ts";

const noted = { path: "/leaks", onLeak: "note" };

export const SURROUNDINGS: readonly Wrong[] = [
  [
    "leaks that are reported where an operation is",
    [["leaks", { ...noted, path: "/brands" }]],
    "leaks.path",
    /operation (list|create)Brands? come there.*choose another/,
  ],
  [
    "leaks that are reported where health is asked",
    [["leaks", { ...noted, path: "/healthz" }]],
    "leaks.path",
    /choose another/,
  ],
  [
    "leaks that are reported on an open path, below the mount",
    [
      ["mount", "/acme"],
      ["open", ["POST /leaks"]],
      ["leaks", { ...noted, path: "/acme/leaks" }],
    ],
    "leaks.path",
    /is an open path/,
  ],
  [
    "a quarantine that nobody is put into",
    [["leaks", { ...noted, quarantine: "1h" }]],
    "leaks.quarantine",
    /write onLeak: "quarantine", or leave it out/,
  ],
  [
    "pinned keys of GitHub that are not there",
    [["leaks", { ...noted, githubKeys: "./github-keys.json" }]],
    "leaks.githubKeys",
    /github-keys\.json does not exist/,
  ],
  [
    "an upstream that nothing uses",
    [["upstreams.search", { url: "http://a" }]],
    "upstreams.search",
    /no operation and no open path/,
  ],
  [
    "a first upstream that nothing uses",
    [
      [
        "upstreams.other",
        { url: "http://a", operations: ["listBrands", "createBrand", "getBrand"] },
      ],
    ],
    "upstreams.main",
    /no operation and no open path/,
  ],
  [
    "an upstream of an unknown operation",
    [["upstreams.main.operations", ["getBrnd"]]],
    "upstreams.main.operations.0",
    /"getBrand"/,
  ],
  [
    "two upstreams of one operation",
    [
      ["upstreams.main.operations", ["getBrand"]],
      ["upstreams.other", { url: "http://a", operations: ["getBrand"] }],
    ],
    "upstreams.other.operations.0",
    /upstreams.main answers getBrand already/,
  ],
  [
    "certificates for plain http",
    [["upstreams.main.ca", "./cert.pem"]],
    "upstreams.main.ca",
    /https only/,
  ],
  ["an open path that is none", [["open", ["health"]]], "open.0", /"GET \/health"/],
  [
    "an open path that shadows an operation",
    [["open", ["/brands/{rest*}"]]],
    "open.0",
    /listBrands .* would pass without a key/,
  ],
  ["an open path that shadows by a parameter", [["open", ["GET /{any}"]]], "open.0", /listBrands/],
  [
    "an open path behind a broader one",
    [["open", ["/docs", "GET /docs"]]],
    "open.1",
    /never reached: open.0/,
  ],
  [
    "an open path of the shape of another",
    [["open", ["/docs/{page}", "GET /docs/{name}"]]],
    "open.1",
    /never reached: open.0/,
  ],
  ["an open path for HEAD, which GET includes", [["open", ["HEAD /docs"]]], "open.0", /GET/],
  [
    "any certificate over plain http",
    [["upstreams.main.insecureAnyCertificate", true]],
    "upstreams.main.insecureAnyCertificate",
    /https only/,
  ],
  [
    "an open path to nowhere",
    [["open", [{ path: "/docs", upstream: "mian" }]]],
    "open.0.upstream",
    /did you mean "main"/,
  ],
  [
    "listeners on one port",
    [["listeners", { public: { port: 80 }, internal: { port: 80 } }]],
    "listeners.internal.port",
    /a port of its own/,
  ],
  [
    "listeners on one port of all hosts",
    [["listeners", { public: { host: "0.0.0.0", port: 8788 } }]],
    "listeners.internal.port",
    /listens on 8788, too/,
  ],
  [
    "a request that ends before its headers",
    [["listeners", { public: { requestTimeout: "1s" } }]],
    "listeners.public.requestTimeout",
    /over before headersTimeout/,
  ],
  [
    "a pepper for keys in memory",
    [
      ["stores", { kind: "memory" }],
      ["secrets", { pepper: { env: "ACME_PEPPER" } }],
    ],
    "secrets.pepper",
    /gone with the process/,
  ],
  [
    "shared stores without a pepper",
    [["stores", { kind: "shared", redisUrl: "redis://a", databaseUrl: "postgres://a/b" }]],
    "secrets.pepper",
    /must digest keys alike/,
  ],
  [
    "a database of another kind",
    [
      ["stores", { kind: "shared", redisUrl: "redis://a", databaseUrl: "mysql://u:hunter2@a/b" }],
      ["secrets", { pepper: { env: "ACME_PEPPER" } }],
    ],
    "stores.databaseUrl",
    /speaks mysql:\/\/.*postgres:\/\//,
  ],
  [
    "two secrets with one id",
    [
      [
        "secrets",
        {
          caller: [
            { id: "1", secret: { env: "ACME_PEPPER" } },
            { id: "1", secret: { env: "ACME_PEPPER" } },
          ],
        },
      ],
    ],
    "secrets.caller",
    /stands twice/,
  ],
  ["pages in no folder", [["contract.pages", "./none"]], "contract.pages", /is no folder/],
  ["a module that is not there", [["contract", "./none.ts"]], "contract", /does not exist/],
  ["a module that is none", [["contract", "./openapi.yaml"]], "contract", /\{ openapi: "…" \}/],
];
