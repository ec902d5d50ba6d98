// Where programs and packages begin: the files that package.json exports, runs as a bin, or names
// in a script. They are used although nothing imports them.

import { join, normalize } from "node:path/posix";
import type { Manifest as Dependencies } from "./dependencies.ts";

/** A package.json, with the folder that it stands in; empty for the root. */
export interface Manifest {
  readonly folder: string;
  readonly content: Content;
}

interface Content extends Dependencies {
  readonly name?: string;
  readonly exports?: unknown;
  readonly bin?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Reads one; its path is relative to the repository. */
export function manifest(path: string, text: string): Manifest {
  return { folder: path.replace(/\/?package\.json$/, ""), content: JSON.parse(text) as Content };
}

/** What one writes to import the library: `sluice`, `sluice/gate`, … */
export function publicEntries(content: Content): Set<string> {
  const subpaths = Object.keys((content.exports ?? {}) as object);
  return new Set(subpaths.map((subpath) => (content.name ?? "") + subpath.slice(1)));
}

/** The TypeScript files that are entries of any package. */
export function entryFiles(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    manifests.flatMap(({ folder, content }) => {
      const scripts = Object.values(content.scripts ?? {});
      const texts = [...stringsIn(content.exports), ...stringsIn(content.bin), ...scripts];
      return texts
        .flatMap((text) => text.match(/[^\s"'=]+\.tsx?\b/g) ?? [])
        .map((path) => normalize(join(folder, path)));
    }),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
