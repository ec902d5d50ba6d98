// The configuration that `sluice init` writes: short, plain, and the place where its owner goes on.

import type { Wishes } from "./questions.ts";

/** Where the secret is that callers are signed with, from the folder of the configuration. */
export const secretFile = ".sluice/caller.secret";

export function configText(wishes: Wishes, title: string): string {
  const { upstream, envelope, prefix, plan, limit } = wishes;
  return `// Sluice in front of ${upstream}. Every option is in the guide "Configuration"; "sluice validate" says what is wrong.

export default {
  contract: {
${contractStart(wishes, title)}    envelope: ${quoted(envelope)},
    key: { prefixes: { live: ${quoted(prefix)} }, places: [{ bearer: true }] },
    plans: { ${plan.includes("-") ? quoted(plan) : plan}: {} },
    windows: { requests: { per: "key", limit: ${limit}, within: "1m" } },
${operations(wishes)}  },
  upstreams: { main: { url: ${quoted(upstream)} } },
  secrets: { caller: [{ id: "main", secret: { file: ${quoted(secretFile)} } }] },
};
`;
}

function contractStart({ openapi }: Wishes, title: string): string {
  return openapi === ""
    ? `    title: ${quoted(title)},\n`
    : `    openapi: ${quoted(openapi.startsWith(".") ? openapi : `./${openapi}`)},\n`;
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

function quoted(text: string): string {
  return JSON.stringify(text);
}
