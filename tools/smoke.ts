// `npm run smoke`: installs the packed library as a stranger would, then imports every entry, in
// JavaScript and in TypeScript, with Node's types and with a browser's.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mustRun, root } from "./run.ts";

/** What needs Node, and its types. */
const nodeOnly: ReadonlySet<string> = new Set(["sluice/adapter/node", "sluice/store/sqlite"]);

const home = mkdtempSync(join(tmpdir(), "sluice-smoke-"));
try {
  installPacked(home);
  const entries = entriesOf(join(home, "node_modules/sluice"));
  for (const entry of entries) importBuilt(home, entry);
  openBuiltStore(home);
  compile(home, entries, { lib: ["es2024"], types: ["node"] });
  const portable = entries.filter((entry) => !nodeOnly.has(entry));
  compile(home, portable, {
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Packs the library and lays it out as npm would, its dependencies linked from the repository. */
function installPacked(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "sluice"), { recursive: true });
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }\n`);
  mustRun("npm", ["pack", "--pack-destination", folder], join(root, "packages/sluice"));
  const { version, dependencies } = manifestOf(join(root, "packages/sluice"));
  const unpack = ["-xzf", `sluice-${version}.tgz`, "-C", "node_modules/sluice"];
  mustRun("tar", [...unpack, "--strip-components=1"], folder);
  for (const name of [...Object.keys(dependencies), "@types/node", "undici-types"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** What can be imported: `sluice`, `sluice/gate`, … */
function entriesOf(folder: string): string[] {
  return Object.keys(manifestOf(folder).exports)
    .filter((subpath) => !subpath.endsWith(".json"))
    .map((subpath) => `sluice${subpath.slice(1)}`);
}

function importBuilt(folder: string, entry: string): void {
  const code = `
    const names = Object.keys(await import(${JSON.stringify(entry)}));
    if (names.length === 0) throw new Error("exports nothing");`;
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

function compile(
  folder: string,
  entries: readonly string[],
  settings: { readonly lib: readonly string[]; readonly types: readonly string[] },
): void {
  const lines = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const used = entries.map((_, index) => `entry${index}`).join(", ");
  writeFileSync(join(folder, "consumer.ts"), `${lines.join("\n")}\nconsole.log(${used});\n`);
  const compilerOptions = {
    ...settings,
    target: "es2024",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  const config = { compilerOptions, files: ["consumer.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  mustRun("tsc", ["--project", "."], folder);
}
