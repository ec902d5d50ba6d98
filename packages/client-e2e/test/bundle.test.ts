// What an application ships of us: how much it is, and what must not be in it.

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";

const entry = fileURLToPath(new URL("bundled.ts", import.meta.url));

const sendsPlainCalls = 'export { createClient } from "sluice/client";';
const bringsItsContract = `
  import { defineWire, flat, standard } from "sluice";
  import { createClient, isApiErrorOf } from "sluice/client";
  export const wire = defineWire({
    ...standard.wire,
    envelope: flat(),
    about: { title: "Acme" },
    key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
    plans: ["free"],
    windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
    operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
  });
  export const client = (apiKey) => createClient({ wire, apiKey, baseUrl: "https://acme.example" });
  export { isApiErrorOf };`;

async function bundled(source: string) {
  const bundle = await rolldown({
    input: entry,
    platform: "browser",
    resolve: { conditionNames: ["sluice-source", "import", "default"] },
    plugins: [
      {
        name: "the application",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "es", minify: true });
  await bundle.close();
  const [{ code, imports, modules }] = output;
  const rendered = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return { code, imports, modules: rendered.map(([id]) => id).filter((id) => id !== entry) };
}

// About a tenth above what it is: what grows is looked at, and then the number is.
it.each([
  ["that sends plain calls", sendsPlainCalls, 28_500],
  ["with a contract that it declares itself", bringsItsContract, 36_000],
])("a client %s is a small part of a page", async (_, source, bytesMax) => {
  const { code, imports, modules } = await bundled(source);
  expect(imports).toEqual([]);
  expect(gzipSync(code).length).toBeLessThan(bytesMax);
  const strangers = modules.filter(
    (id) => !/\/sluice\/src\/(base|contract|client)\/|\/structured-headers\//.test(id),
  );
  expect(strangers).toEqual([]);
});

it("has nothing of a server in it, of a process or of a page, and makes no code of text", async () => {
  const { code } = await bundled(bringsItsContract);
  const words =
    /\b(?:process|require|Buffer|__dirname|window|document|localStorage|eval|Function)\b(?=[.([])/g;
  expect(code.match(words) ?? []).toEqual([]);
  const names = ["createGate", "pepper", "ledger", "EVALSHA", "BEGIN IMMEDIATE", "Sluice-Cost"];
  expect(names.filter((name) => code.includes(name))).toEqual([]);
});
