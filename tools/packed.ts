// What would be published, laid out in a folder as npm would do it.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mustRun, root } from "./run.ts";

/** The packages that are published, by their folders. */
const packages = ["sluice", "gateway", "console"] as const;

/** Packs all into a folder; answers the files. */
function pack(folder: string): string[] {
  return packages.map((name) => {
    const args = ["pack", "--silent", "--pack-destination", folder];
    const said = mustRun("npm", args, join(root, "packages", name)).split("\n");
    const file = said.find((line) => line.endsWith(".tgz"));
    if (file === undefined) throw new Error(`npm pack named no file:\n${said.join("\n")}`);
    return join(folder, file);
  });
}

/** The same of what is in the sources now: builds them first. */
export function buildAndPack(folder: string): readonly string[] {
  mustRun("node", ["tools/build.ts"]);
  return pack(folder);
}

/**
 * Unpacks all, with their dependencies linked from the repository: what npm would load is the same, without a registry.
 * Answers the packed files.
 */
export function installPacked(folder: string): readonly string[] {
  const modules = join(folder, "node_modules");
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }\n`);
  const published = packages.map((name) => manifestOf(join(root, "packages", name)));
  const files = pack(folder);
  for (const [i, file] of files.entries()) {
    const home = join(modules, published[i]?.name ?? "");
    mkdirSync(home, { recursive: true });
    mustRun("tar", ["-xzf", file, "-C", home, "--strip-components=1"]);
  }
  const own = new Set(published.map(({ name }) => name));
  const needed = published.flatMap(({ dependencies = {} }) => Object.keys(dependencies));
  for (const name of new Set([...needed, "@types/node", "undici-types"])) {
    if (own.has(name)) continue;
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(installedAt(name), join(modules, name));
  }
  return files;
}

/** npm puts a package beside the one that needs it, where another one needs another version. */
function installedAt(name: string): string {
  const places = [...packages.map((own) => join(root, "packages", own)), root];
  const all = places.map((place) => join(place, "node_modules", name));
  return all.find((path) => existsSync(path)) ?? join(root, "node_modules", name);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** What can be imported of an installed package: `sluice`, `sluice/gate`, … */
export function entriesOf(folder: string, name: string): string[] {
  return Object.keys(manifestOf(join(folder, "node_modules", name)).exports)
    .filter((subpath) => !subpath.endsWith(".json"))
    .map((subpath) => `${name}${subpath.slice(1)}`);
}
