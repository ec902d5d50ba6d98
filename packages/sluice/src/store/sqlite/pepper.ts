// The pepper of an embedded gate: versions of a secret in a file beside the database, readable by its owner
// only. Whoever gets the database without this file cannot match a leaked key against it.

import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { type Random, systemRandom } from "../../base/index.ts";

/** One version of the secret. */
export interface PepperVersion {
  readonly version: number;
  readonly secret: Uint8Array;
}

const secretBytes = 32;
const ownerOnly = 0o600;
const others = 0o077;

/** The file is there, but it is not a pepper, or others can read it. */
export class PepperError extends Error {
  override readonly name: string = "PepperError";
}

/**
 * Reads the pepper, or makes one where there is none. A lost pepper cannot be made again: every key would have to
 * be given out anew, so keep a copy where you keep the backups of other secrets, not beside the database's.
 */
export function openPepper(file: string, random: Random = systemRandom): readonly PepperVersion[] {
  makePepper(file, random);
  if ((statSync(file).mode & others) !== 0) {
    throw new PepperError(`${file} can be read by others: chmod 600 ${file}`);
  }
  const versions = parsePepper(readFileSync(file, "utf8"));
  if (versions === undefined) {
    throw new PepperError(`${file} is no pepper: restore it from a copy, or every key is lost`);
  }
  return versions;
}

/** Written beside and linked into place: of two processes that start at once, one pepper wins for both. */
function makePepper(file: string, random: Random): void {
  const secret = Buffer.from(random.bytes(secretBytes)).toString("base64");
  const draft = `${file}.${process.pid}`;
  if (exists(file)) return;
  const handle = openSync(draft, "w", ownerOnly);
  try {
    writeSync(handle, `${JSON.stringify({ versions: [{ version: 1, secret }] })}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function parsePepper(text: string): readonly PepperVersion[] | undefined {
  let parsed: { readonly versions?: unknown } | null;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed?.versions) || parsed.versions.length === 0) return undefined;
  const versions = parsed.versions.map(readVersion);
  return versions.every((version) => version !== undefined) ? versions : undefined;
}

function readVersion(entry: unknown): PepperVersion | undefined {
  const { version, secret } = (entry ?? {}) as { version?: unknown; secret?: unknown };
  if (typeof version !== "number" || typeof secret !== "string") return undefined;
  const bytes = Buffer.from(secret, "base64");
  return bytes.length >= secretBytes ? { version, secret: new Uint8Array(bytes) } : undefined;
}
