// Rule 1: the import arrows. base ← contract ← {gate, client, reference}; stores know the ports,
// adapters the gate, nothing the simulator; folders meet at their index; outside, public entries.

import { areaOf, folderOf, importsOf, library, packageOf } from "./modules.ts";
import { isTest, type Source, type Violation, violation } from "./source.ts";

/** The ports: the one file of the gate that stores import. */
const ports = `${library}/gate/stores.ts`;

const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  contract: ["base"],
  gate: ["base", "contract"],
  client: ["base", "contract"],
  reference: ["base", "contract"],
  store: ["base", "contract"],
  adapter: ["base", "contract", "gate"],
  sim: ["base", "contract", "gate", "client", "store"],
};

/** Imports inside the library that go against the arrows. */
export function breaksArrows(files: readonly Source[]): Violation[] {
  return eachLibraryImport(files, (file, from, target) => {
    const to = areaOf(target);
    if (to === from || (from === "store" && target === ports)) return undefined;
    const allowed = arrows[from];
    if (allowed === undefined) return `folder "${from}" has no arrow: give it one in this rule`;
    if (to !== undefined && allowed.includes(to)) return undefined;
    const others = from === "store" ? [...allowed, "gate/stores.ts"] : allowed;
    const may = others.length === 0 ? "nothing outside itself" : others.join(", ");
    return `${file.path.slice(library.length + 1)} imports ${target}: ${from} may import ${may}`;
  });
}

/** Imports between folders of the library that reach past the other folder's `index.ts`. */
export function reachesPastIndex(files: readonly Source[]): Violation[] {
  return eachLibraryImport(files, (_file, _from, target, folder) => {
    const other = folderOf(target);
    if (other === folder || folder.startsWith(`${other}/`)) return undefined;
    if (target === ports || target === `${library}/${other}/index.ts`) return undefined;
    return `imports ${target}: import from ${other}/index.ts instead`;
  });
}

function eachLibraryImport(
  files: readonly Source[],
  judge: (file: Source, area: string, target: string, folder: string) => string | undefined,
): Violation[] {
  return files.flatMap((file) => {
    const area = areaOf(file.path);
    if (area === undefined) return [];
    return importsOf(file).flatMap(({ target, offset }) => {
      if (target === undefined) return [];
      const message = judge(file, area, target, folderOf(file.path));
      return message === undefined ? [] : [violation(file, offset, message)];
    });
  });
}

/** Imports that leave their package by a path, or enter the library other than by its entries. */
export function bypassesEntries(
  files: readonly Source[],
  entries: ReadonlySet<string>,
): Violation[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap(({ specifier, target, offset }) => {
      const home = packageOf(file.path);
      if (target !== undefined) {
        if (packageOf(target) === home || home === "") return [];
        // What the repository is built with belongs to no package; tests that start what is built begin with it.
        if (target.startsWith("tools/") && /\/test\//.test(file.path)) return [];
        return [violation(file, offset, `imports ${target}: import that package by its name`)];
      }
      if (specifier !== "sluice" && !specifier.startsWith("sluice/")) return [];
      if (areaOf(file.path) !== undefined) {
        return [violation(file, offset, `imports ${specifier}: inside, import by relative path`)];
      }
      if (entries.has(specifier)) return [];
      const known = [...entries].join(", ");
      return [violation(file, offset, `imports ${specifier}: the public entries are ${known}`)];
    }),
  );
}

/** Files that import each other in a circle, types included: each circle once. */
export function importsInCircles(files: readonly Source[]): Violation[] {
  const targets = new Map<string, readonly string[]>();
  for (const file of files) {
    const found = importsOf(file).map(({ target }) => target);
    targets.set(
      file.path,
      found.filter((target) => target !== undefined),
    );
  }
  const finished = new Set<string>();
  const violations: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt !== -1) {
      const circle = [...trail.slice(seenAt), path].join(" → ");
      violations.push(`${path}:1 imports itself in a circle, ${circle}: move what both need down`);
      return;
    }
    if (finished.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const file of files) visit(file.path, []);
  return violations;
}

/** Sources that import a test, or what only tests may use. */
export function importsTests(files: readonly Source[]): Violation[] {
  return files.flatMap((file) =>
    isTest(file.path)
      ? []
      : importsOf(file)
          .filter(({ target }) => target !== undefined && isTest(target))
          .map(({ target, offset }) =>
            violation(file, offset, `imports the test file ${target}: move what it needs to src`),
          ),
  );
}
