// The site as files of a folder that is its own: what an earlier one left there goes, what is somebody else's stays untouched.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartError } from "../start-error.ts";
import type { Site } from "./site.ts";

/** Names the files that were written, so that the next time the same ones may go. */
const LIST = ".sluice-docs";

export interface Written {
  readonly files: number;
  readonly bytes: number;
}

/**
 * @param force writes beside files of others, and over those of its own names.
 * @throws StartError where the folder holds other things
 */
export function writeSite(site: Site, folder: string, force: boolean): Written {
  const before = filesIn(folder);
  const ours = listedIn(folder);
  const others = before.filter((file) => file !== LIST && !ours.has(file));
  const [first] = others;
  if (first !== undefined && !force) {
    const more = others.length === 1 ? "" : ` and ${others.length - 1} more`;
    throw new StartError(
      `${folder} holds other things (${first}${more}): name an empty folder behind --out, or add --force to write beside them.`,
    );
  }
  for (const file of before) if (ours.has(file)) rmSync(join(folder, file));
  let bytes = 0;
  for (const [path, text] of site) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    const made = text();
    writeFileSync(file, made);
    bytes += Buffer.byteLength(made);
  }
  writeFileSync(join(folder, LIST), `${[...site.keys()].join("\n")}\n`);
  return { files: site.size, bytes };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, "/").length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function listedIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(join(folder, LIST), "utf8").split("\n"));
  } catch {
    return new Set();
  }
}
