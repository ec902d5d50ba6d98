// Values that cannot be.

import type { Wrong } from "./wrong.ts";

export const VALUES: readonly Wrong[] = [
  [
    "a limit of zero",
    [["contract.windows.perMinute.limit", 0]],
    "contract.windows.perMinute.limit",
    /from 1 to/,
  ],
  [
    "a limit that is a text",
    [["contract.windows.perMinute.limit", "60"]],
    "contract.windows.perMinute.limit",
    /a number/,
  ],
  [
    "a price of zero",
    [["contract.operations.getBrand.price", { fixed: 0 }]],
    "contract.operations.getBrand.price.fixed",
    /from 1 to/,
  ],
  [
    "a duration in milliseconds",
    [["contract.windows.perMinute.within", 60_000]],
    "contract.windows.perMinute.within",
    /"1m" for 60000 milliseconds/,
  ],
  [
    "a duration without its unit",
    [["contract.windows.perMinute.within", "60"]],
    "contract.windows.perMinute.within",
    /with its unit/,
  ],
  [
    "a window that is too short",
    [["contract.windows.perMinute.within", "1ms"]],
    "contract.windows.perMinute.within",
    /from "1s" to "24d"/,
  ],
  [
    "a deadline without an end",
    [["contract.operations.getBrand.deadline", "2d"]],
    "contract.operations.getBrand.deadline",
    /to "1h"/,
  ],
  [
    "a size in bytes",
    [["contract.operations.createBrand.bodyMax", 1_048_576]],
    "contract.operations.createBrand.bodyMax",
    /"1MiB" for 1048576 bytes/,
  ],
  [
    "a port that does not exist",
    [["listeners", { public: { port: 70_000 } }]],
    "listeners.public.port",
    /from 0 to 65535/,
  ],
  ["too many trusted proxies", [["trustedHops", 99]], "trustedHops", /from 0 to 16/],
  [
    "no connection at all",
    [["upstreams.main.connectionsMax", 0]],
    "upstreams.main.connectionsMax",
    /from 1 to/,
  ],
  [
    "an address that is none",
    [["upstreams.main.url", "localhost:9000"]],
    "upstreams.main.url",
    /http:\/\/ or https:\/\//,
  ],
  [
    "another protocol",
    [["upstreams.main.url", "ftp://files"]],
    "upstreams.main.url",
    /begins with http/,
  ],
  [
    "an address with a password",
    [["upstreams.main.url", "http://u:hunter2@a"]],
    "upstreams.main.url",
    /user or a password/,
  ],
  [
    "an address with a query",
    [["upstreams.main.url", "http://a/?b=c"]],
    "upstreams.main.url",
    /end it after the path/,
  ],
  [
    "a secret in the file",
    [["secrets", { pepper: "hunter2hunter2hunter2hunter2hunt" }]],
    "secrets.pepper",
    /version control.*\{ env: … \}/,
  ],
  [
    "a variable that is not set",
    [["secrets", { pepper: { env: "ACME_PEPER" } }]],
    "secrets.pepper.env",
    /did you mean "ACME_PEPPER"/,
  ],
  [
    "a secret that is too short",
    [["secrets", { pepper: { env: "ACME_SHORT" } }]],
    "secrets.pepper",
    /has 7 characters.*32 or more/,
  ],
  [
    "an empty secret",
    [["secrets", { pepper: { env: "ACME_EMPTY" } }]],
    "secrets.pepper.env",
    /is empty/,
  ],
  [
    "a file that is not there",
    [["secrets", { caller: [{ id: "1", secret: { file: "./none" } }] }]],
    "secrets.caller.0.secret.file",
    /does not exist/,
  ],
  ["a mount with a slash at its end", [["mount", "/acme/"]], "mount", /write it like "\/acme"/],
  ["a base path without a slash", [["contract.basePath", "v1"]], "contract.basePath", /"\/v1"/],
  ["a title of blanks", [["contract.title", " "]], "contract.title", /is empty/],
  [
    "a prefix with blanks",
    [["contract.key.prefixes.live", "acme live"]],
    "contract.key.prefixes.live",
    /letters, digits/,
  ],
  ["a short key", [["contract.key.length", 8]], "contract.key.length", /from 24 to 128/],
  [
    "a plan without a good name",
    [["contract.plans.pro plus", {}]],
    "contract.plans.pro plus",
    /letters, digits/,
  ],
  [
    "a status that is no error",
    [["contract.codes", { not_found: { status: 200 } }]],
    "contract.codes.not_found.status",
    /from 400 to 599/,
  ],
];
