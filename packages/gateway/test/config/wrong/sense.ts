// What makes no sense together.

import type { Change } from "../small.ts";
import type { Wrong } from "./wrong.ts";

const brand = { type: "object", properties: { name: { type: "string" } } };
const get = { method: "GET", path: "/x", summary: "Gets." };
const schemaWith = (schema: unknown): Change => ["contract.operations.createBrand.body", schema];

export const SENSE: readonly Wrong[] = [
  [
    "a plan that does not exist",
    [["contract.operations.getBrand.plans", ["pre"]]],
    "contract.operations.getBrand.plans",
    /did you mean "pro"/,
  ],
  [
    "keys that could be taken for tokens of the admin API",
    [["contract.key.prefixes", { live: "sluice_live_" }]],
    "contract",
    /choose another prefix, or write admin: false/,
  ],
  [
    "a limit that forgets a plan",
    [["contract.windows.perMinute.limit", { pro: 5 }]],
    "contract.windows.perMinute.limit",
    /plan "free" has no number/,
  ],
  [
    "a window over no operation",
    [["contract.windows.perMinute.operations", []]],
    "contract.windows.perMinute.operations",
    /is empty/,
  ],
  [
    "a window over an unknown operation",
    [["contract.windows.perMinute.operations", ["getBrnd"]]],
    "contract.windows.perMinute.operations",
    /"getBrand"/,
  ],
  [
    "two operations of one shape",
    [["contract.operations.other", { ...get, path: "/brands/{id}" }]],
    "contract.operations.other",
    /never reached: getBrand/,
  ],
  [
    "a rule behind a broader one",
    [
      [
        "contract.folding",
        [
          { when: { status: 409 }, condition: "conflict" },
          { when: { status: 409, pointer: "/a", equals: 1 }, condition: "not_found" },
        ],
      ],
    ],
    "contract.folding.1",
    /never reached/,
  ],
  [
    "a rule for everything",
    [["contract.folding", [{ when: {}, condition: "conflict" }]]],
    "contract.folding.0.when",
    /give a status or a pointer/,
  ],
  [
    "a code that nothing is spelled by",
    [
      [
        "contract.codes",
        { ODD: { status: 400, message: "Odd.", action: "contact", retry: "never" } },
      ],
    ],
    "contract.codes.ODD",
    /no condition is spelled this way/,
  ],
  [
    "half of a new code",
    [
      ["contract.codes", { GONE: { status: 404, action: "contact", retry: "never" } }],
      ["contract.conditions", { not_found: "GONE" }],
    ],
    "contract.codes.GONE.message",
    /no such code/,
  ],
  [
    "a condition spelled by no code",
    [["contract.conditions", { not_found: "GONE" }]],
    "contract.conditions.not_found",
    /no code "GONE"/,
  ],
  [
    "a GET with a body",
    [["contract.operations.getBrand.body", brand]],
    "contract.operations.getBrand.body",
    /a GET has no body/,
  ],
  [
    "a GET that takes an idempotency key",
    [["contract.operations.getBrand.idempotency", true]],
    "contract.operations.getBrand.idempotency",
    /leave it out/,
  ],
  [
    "parameters of a path without any",
    [["contract.operations.listBrands.params", brand]],
    "contract.operations.listBrands.params",
    /no parameters/,
  ],
  [
    "a path that is none",
    [["contract.operations.getBrand.path", "/brands/:id"]],
    "contract.operations.getBrand.path",
    /\{brandId\}/,
  ],
  [
    "a size of no body",
    [["contract.operations.createBrand.bodyMax", "1KiB"]],
    "contract.operations.createBrand.bodyMax",
    /no body is read/,
  ],
  [
    "a body that is read and passed",
    [["contract.operations.createBrand.passesBody", true], schemaWith(brand)],
    "contract.operations.createBrand.passesBody",
    /read already/,
  ],
  [
    "a cost that nothing tells",
    [["contract.operations.getBrand.price", { atMost: 5 }]],
    "contract.operations.getBrand.price",
    /give actual: \{ pointer/,
  ],
  [
    "two prices at once",
    [["contract.operations.getBrand.price", { fixed: 5, atMost: 5 }]],
    "contract.operations.getBrand.price",
    /two at once/,
  ],
  [
    "a job that nobody can end",
    [["contract.operations.createBrand.detaches", { maxAge: "1h" }]],
    "secrets.caller",
    /createBrand starts jobs/,
  ],
  [
    "headers about no window",
    [
      ["contract.windows", undefined],
      ["contract.headers", { rateLimit: "ratelimit" }],
    ],
    "contract.headers.rateLimit",
    /no window/,
  ],
  [
    "help without documents",
    [["contract.headers", { help: true }]],
    "contract.headers.help",
    /set contract.docs/,
  ],
  [
    "documents without an address",
    [["contract.docs", "docs.acme.dev"]],
    "contract.docs",
    /absolute URL/,
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
