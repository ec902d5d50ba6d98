// What makes no sense together in a contract, or beside it.

import type { Change } from "../small.ts";
import type { Wrong } from "./wrong.ts";

const brand = { type: "object", properties: { name: { type: "string" } } };
const get = { method: "GET", path: "/x", summary: "Gets." };
const schemaWith = (schema: unknown): Change => ["contract.operations.createBrand.body", schema];

export const SENSE: readonly Wrong[] = [
  [
    "a portal where the documents are",
    [
      ["portal", { path: "/docs/portal" }],
      ["docs", true],
    ],
    "portal.path",
    /documents are at \/docs.*choose another path/,
  ],
  [
    "a portal around the status page",
    [
      ["portal", { path: "/about" }],
      ["status", { path: "/about/status" }],
    ],
    "portal.path",
    /the status page is at \/about\/status.*choose another path/,
  ],
  [
    "a portal below which an operation lies",
    [
      ["portal", true],
      ["contract.operations.other", { ...get, path: "/portal/{id}" }],
    ],
    "portal",
    /operation other come there/,
  ],
  [
    "a portal in the way of an open path",
    [
      ["portal", true],
      ["open", ["/portal/help"]],
    ],
    "portal",
    /open path \/portal\/help/,
  ],
  [
    "a portal above where leaks are reported",
    [
      ["portal", true],
      ["leaks", { path: "/portal/leaks", onLeak: "note" }],
    ],
    "portal",
    /leaked keys come to/,
  ],
  [
    "a portal in place of the gateway's health",
    [["portal", { path: "/healthz" }]],
    "portal.path",
    /tells how the gateway is/,
  ],
  [
    "a portal whose sessions could be taken for keys",
    [
      ["admin", false],
      ["portal", true],
      ["contract.key.prefixes", { live: "sluice_live_" }],
    ],
    "contract",
    /choose another prefix/,
  ],
  [
    "a deadline of a WebSocket that is not allowed",
    [["open", [{ path: "GET /live", deadline: "1m" }]]],
    "open.0.deadline",
    /add upgrades/,
  ],
  [
    "an example that its schema does not take",
    [
      schemaWith({ ...brand, required: ["name"] }),
      ["contract.operations.createBrand.example", { body: { title: "Acme" } }],
    ],
    "contract.operations.createBrand.example.body",
    /the schema does not accept it/,
  ],
  [
    "an example of an answer that is not described",
    [["contract.operations.getBrand.example", { output: { name: "Acme" } }]],
    "contract.operations.getBrand.example.output",
    /no schema for output/,
  ],
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
    "a status page that hides an operation that is none",
    [["status", { hidden: ["getBrnd"] }]],
    "status.hidden.0",
    /did you mean "getBrand"/,
  ],
  [
    "a status page that hides everything",
    [["status", { hidden: ["listBrands", "createBrand", "getBrand"] }]],
    "status.hidden",
    /leaves nothing to tell of/,
  ],
  [
    "a status page in place of the gateway's health",
    [["status", { path: "/healthz" }]],
    "status.path",
    /tells how the gateway is/,
  ],
  [
    "documents without an address",
    [["contract.docs", "docs.acme.dev"]],
    "contract.docs",
    /absolute URL/,
  ],
];
