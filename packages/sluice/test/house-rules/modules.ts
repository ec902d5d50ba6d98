// Who imports whom: every import of a file with where it points, and how the repository is divided
// into packages and the library into folders.

import { dirname, join, normalize } from "node:path/posix";
import { child, isNode, type Node, type Source, stringOf, walk } from "./source.ts";

/** One import, re-export, dynamic import or imported type. */
export interface Import {
  readonly specifier: string;
  readonly offset: number;
  /** The path in the repository that a relative specifier points at. */
  readonly target: string | undefined;
}

const withSource = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

/** Every import of the file, in order. */
export function importsOf(file: Source): Import[] {
  const found: Import[] = [];
  walk(file.program, (node) => {
    if (!withSource.has(node.type)) return;
    const specifier = stringOf(node["source"]) ?? stringOf(literalOf(node));
    if (specifier === undefined) return;
    found.push({ specifier, offset: node.start, target: resolve(file.path, specifier) });
  });
  return found;
}

/**
 * The files that the file names in a string: by path, as in `new URL("./worker.ts", …)`, or by bare
 * name, as in a list of programs of its own package. The second kind starts with a star.
 */
export function filesNamedBy(file: Source): string[] {
  const found: string[] = [];
  walk(file.program, (node) => {
    const text = stringOf(node);
    if (text === undefined || !/^[\w./-]+\.ts$/.test(text)) return;
    found.push(resolve(file.path, text) ?? `*${packageOf(file.path)}/${text}`);
  });
  return found;
}

function literalOf(node: Node): Node | undefined {
  const argument = child(node, "argument", "TSLiteralType");
  const literal = argument?.["literal"];
  return isNode(literal) ? literal : undefined;
}

function resolve(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  return normalize(join(dirname(from), specifier));
}

/** The folder of the workspace package that a path is in; empty for the repository's own files. */
export function packageOf(path: string): string {
  const match = /^(?:(?:packages|apis|examples)\/[^/]+|demo|bench)(?=\/)/.exec(path);
  return match?.[0] ?? "";
}

/** Where the library's sources are. */
export const library = "packages/sluice/src";

/** The folder of the library that a path is in, such as `gate` or `store`. */
export function areaOf(path: string): string | undefined {
  return new RegExp(`^${library}/([^/]+)/`).exec(path)?.[1];
}

/** The folder that only its `index.ts` speaks for: an area, or one store. */
export function folderOf(path: string): string {
  return new RegExp(`^${library}/(store/[^/]+(?=/)|[^/]+(?=/))`).exec(path)?.[1] ?? "";
}
