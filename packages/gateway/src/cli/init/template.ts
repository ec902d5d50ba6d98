// The configuration that `sluice init` writes: short, plain, and the place where its owner goes on.

import type { Wishes } from "./questions.ts";

/** Where the secret is that callers are signed with, from the folder of the configuration. */
export const secretFile = ".sluice/caller.secret";

export function configText(wishes: Wishes, title: string): string {
  const { upstream, envelope, prefix, plan, limit } = wishes;
  return `// Sluice in front of ${upstream}. The guide "Configuration" has every option; "npx sluice validate" says what is wrong.

export default {
  contract: {
${contractStart(wishes, title)}    envelope: ${quoted(envelope)},
    key: { prefixes: { live: ${quoted(prefix)} }, places: [{ bearer: true }] },
    plans: { ${plan.includes("-") ? quoted(plan) : plan}: {} },
    windows: { requests: { per: "key", limit: ${limit}, within: "1m" } },
${operations(wishes)}${errors}  },
  upstreams: { main: { url: ${quoted(upstream)} } },
  secrets: { caller: [{ id: "main", secret: { file: ${quoted(secretFile)} } }] },
} satisfies import("@sluice/gateway").Config;
`;
}

function contractStart({ openapi }: Wishes, title: string): string {
  if (openapi === "") return `    title: ${quoted(title)},\n`;
  const isPath = openapi.startsWith(".") || openapi.startsWith("/");
  return `    openapi: ${quoted(isPath ? openapi : `./${openapi}`)},\n`;
}

function operations({ openapi }: Wishes): string {
  if (openapi !== "") return "";
  return `    // Every path, by method. Name those that you know better, with a body, a price, a deadline: the narrowest wins.
    operations: {
      read: { method: "GET", path: "/{path*}", summary: "Reads." },
      create: { method: "POST", path: "/{path*}", summary: "Creates.", passesBody: true },
      replace: { method: "PUT", path: "/{path*}", summary: "Replaces.", passesBody: true },
      change: { method: "PATCH", path: "/{path*}", summary: "Changes.", passesBody: true },
      remove: { method: "DELETE", path: "/{path*}", summary: "Removes." },
    },
`;
}

/** Without rules the first 404 of an API would be a 500. */
const errors = `    // What your API's own errors become. One that no rule fits becomes a 500, and a line "unfolded" in the log.
    folding: [
      { when: { status: 404 }, condition: "not_found" },
      { when: { status: 409 }, condition: "conflict" },
      { when: { status: 403 }, condition: "forbidden" },
      { when: { status: 400 }, condition: "rejected" },
      { when: { status: 422 }, condition: "rejected" },
    ],
    domain: { rejected: { code: "invalid_request" } },
    codes: {
      invalid_request: {
        status: 400,
        type: "invalid_request_error",
        message: "The request is not valid.",
        action: "fix_request",
        retry: "never",
      },
    },
`;

function quoted(text: string): string {
  return JSON.stringify(text);
}
