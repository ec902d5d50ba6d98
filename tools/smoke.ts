// `npm run smoke`: installs the packed library and the packed gateway as a stranger would. Every entry is imported, in JavaScript
// and in TypeScript, with Node's types and with a browser's; the command line writes a configuration, and types take it. Two
// well-known checks of published packages look at what was packed.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkManifests } from "./manifests.ts";
import { entriesOf, installPacked, manifestOf } from "./packed.ts";
import { mustRun, run } from "./run.ts";

/** What needs Node, and its types. */
const nodeOnly: ReadonlySet<string> = new Set([
  "sluice/adapter/express",
  "sluice/adapter/fastify",
  "sluice/adapter/node",
  "sluice/store/sqlite",
]);

const isConfig = '/** @type {import("@sluice/gateway").Config} */';
const configFiles = {
  "by-comment.js": `${isConfig}\nexport default { contract: "./a.ts", upstreams: {} };\n`,
  // A name that nothing reads is an error: types that are not found would take anything.
  "wrong.js": `${isConfig}\n// @ts-expect-error\nexport default { contract: "./a.ts", upstream: {} };\n`,
};

const home = mkdtempSync(join(tmpdir(), "sluice-smoke-"));
try {
  const files = installPacked(home);
  const library = entriesOf(home, "sluice");
  const gateway = entriesOf(home, "@sluice/gateway");
  importBuilt(home, [...library, ...gateway]);
  openBuiltStore(home);
  const config = tryCommandLine(home);
  const all = { ...importing([...library, ...gateway]), ...configFiles, [config]: undefined };
  compile(home, { files: all, types: ["node"] });
  const portable = library.filter((entry) => !nodeOnly.has(entry));
  const browser = ["es2024", "dom", "dom.iterable", "dom.asynciterable"];
  compile(home, { files: importing(portable), types: [], lib: browser });
  await checkManifests(files);
} finally {
  rmSync(home, { recursive: true, force: true });
}

function importBuilt(folder: string, entries: readonly string[]): void {
  const code = `
    for (const entry of ${JSON.stringify(entries)}) {
      const names = Object.keys(await import(entry));
      if (names.length === 0) throw new Error(entry + " exports nothing");
    }`;
  mustRun("node", ["--input-type=module", "--eval", code], folder);
}

/** The store's worker is started by its address, which no import checks. */
function openBuiltStore(folder: string): void {
  const code = `
    import { openSqliteStores } from "sluice/store/sqlite";
    const stores = await openSqliteStores({ file: "smoke.db" });
    const problems = await stores.audit();
    await stores.close();
    if (problems.length > 0) throw new Error(problems.join());`;
  writeFileSync(join(folder, "open-store.js"), code);
  mustRun("node", ["open-store.js"], folder);
}

/** The bin as an installed one, in a folder of a user's; answers the configuration that it wrote. */
function tryCommandLine(folder: string): string {
  const { bin, version } = manifestOf(join(folder, "node_modules/@sluice/gateway"));
  const program = join(folder, "node_modules/@sluice/gateway", bin?.["sluice"] ?? "");
  const shop = join(folder, "shop");
  mkdirSync(shop);
  const sluice = (...args: string[]) => mustRun("node", [program, ...args], shop);
  expectLike(sluice("--version"), new RegExp(`^${version}$`));
  expectLike(sluice("init", "--yes"), /^shop_live_\w{38}$/m);
  expectLike(sluice("validate"), /is right: 5 operations/);
  expectLike(run("node", [program, "demo"], shop).output, /npm ci && npm start/);
  return "shop/sluice.config.ts";
}

function expectLike(said: string, wanted: RegExp): void {
  if (!wanted.test(said)) throw new Error(`Expected ${wanted}, and it was said:\n${said}`);
}

/** A file that imports all of them, and uses them. */
function importing(entries: readonly string[]) {
  const lines = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const used = entries.map((_, index) => `entry${index}`).join(", ");
  return { "consumer.ts": `${lines.join("\n")}\nconsole.log(${used});\n` };
}

interface Compiled {
  /** Texts by name; undefined for a file that is there. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly types: readonly string[];
  readonly lib?: readonly string[];
}

function compile(folder: string, { files, types, lib = ["es2024"] }: Compiled): void {
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) writeFileSync(join(folder, name), text);
  }
  const compilerOptions = {
    types,
    lib,
    target: "es2024",
    module: "nodenext",
    strict: true,
    allowJs: true,
    checkJs: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  const config = { compilerOptions, files: Object.keys(files) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  mustRun("tsc", ["--project", "."], folder);
}
