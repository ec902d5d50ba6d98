// Rule 5: the library installs next to nothing. Its runtime dependencies are on a list, and its
// sources import no others.

import { importsOf, library } from "./modules.ts";
import { type Source, type Violation, violation } from "./source.ts";

/** Tiny, well kept, and each there for a standard. */
const allowed = new Set(["structured-headers", "@standard-schema/spec"]);

/** The part of a package.json that the rule reads. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Runtime dependencies of the library that are not on the list, or not pinned by a caret. */
export function dependsOnMore(manifest: Manifest): Violation[] {
  const kinds = ["dependencies", "peerDependencies", "optionalDependencies"] as const;
  return kinds.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}).flatMap(([name, version]) => {
      const where = `packages/sluice/package.json:1 ${kind} has ${name}`;
      if (kind !== "dependencies" || !allowed.has(name)) {
        return [`${where}: the library does without; take it as an argument`];
      }
      return version.startsWith("^") ? [] : [`${where} at ${version}: pin it by a caret`];
    }),
  );
}

/** Imports of the library's sources that its users would have to install. */
export function importsMore(files: readonly Source[]): Violation[] {
  return files
    .filter(({ path }) => path.startsWith(`${library}/`))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target, specifier }) => target === undefined && !/^(node:|\/)/.test(specifier))
        .filter(({ specifier }) => !allowed.has(packageNameOf(specifier)))
        .filter(({ specifier }) => packageNameOf(specifier) !== "sluice") // has a rule of its own
        .map(({ specifier, offset }) =>
          violation(file, offset, `imports ${specifier}: the library depends on nothing more`),
        ),
    );
}

function packageNameOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
