// What a page ships of something: bundled for a browser, and minified. And the pages that a client of ours is measured by.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** What is bundled lies nowhere; it finds packages as this file does. */
const ENTRY = fileURLToPath(new URL("page.js", import.meta.url));

export interface PageOfOurs {
  readonly source: string;
  /** About a tenth above what it is, gzipped: what grows is looked at, and then the number is. */
  readonly gzipBytesMax: number;
}

export const plainPage: PageOfOurs = {
  source: 'export { createClient } from "sluice/client";',
  gzipBytesMax: 28_500,
};

export const contractPage: PageOfOurs = {
  source: `
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
  export { isApiErrorOf };`,
  gzipBytesMax: 36_000,
};

export interface Bundled {
  readonly code: string;
  /** What it still asks for. */
  readonly imports: readonly string[];
  /** The files of which something is in it. */
  readonly modules: readonly string[];
}

export async function bundled(source: string): Promise<Bundled> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: "browser",
    logLevel: "silent",
    resolve: { conditionNames: ["sluice-source", "browser", "import", "default"] },
    plugins: [
      {
        name: "the page",
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "es", minify: true });
  await bundle.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const rendered = chunks.flatMap(({ modules }) => Object.entries(modules));
  const inIt = rendered.filter(([id, { renderedLength }]) => renderedLength > 0 && id !== ENTRY);
  return {
    code: chunks.map(({ code }) => code).join(""),
    imports: chunks.flatMap(({ imports }) => imports),
    modules: inIt.map(([id]) => id),
  };
}
