// The demo's home: `demo.json`, which tells people and tools where the demo is and with which keys. The
// only place where its keys are written down, so nobody else may read it.

import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { StartError } from "./environment.ts";

export const keyNames = ["agency", "stranger", "free", "revoked", "exhausted", "test"] as const;
export type KeyName = (typeof keyNames)[number];
export type Keys = Readonly<Record<KeyName, string>>;

export type IdName =
  | "brand"
  | "topic"
  | "foreignBrand"
  | "fullBrand"
  | "exhaustedBrand"
  | "exhaustedTopic";
export type Ids = Readonly<Record<IdName, string>>;

export interface DemoFile {
  readonly url: string;
  readonly mentova: { readonly baseUrl: string; readonly keys: Keys; readonly ids: Ids };
}

const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;

export function demoPath(home: string): string {
  return resolve(home, "demo.json");
}

/** The keys of an earlier start; undefined when there was none, or its file is not what we wrote. */
export function readKeys(home: string): Keys | undefined {
  let file: { mentova?: { keys?: Partial<Record<KeyName, unknown>> } } | null;
  try {
    file = JSON.parse(readFileSync(demoPath(home), "utf8"));
  } catch {
    return undefined;
  }
  const kept = keyNames.map((name) => file?.mentova?.keys?.[name]);
  if (!kept.every((key) => typeof key === "string") || new Set(kept).size !== kept.length) {
    return undefined;
  }
  return Object.fromEntries(keyNames.map((name, index) => [name, kept[index]])) as Keys;
}

/** Makes the folder that everything of the demo is in, for its owner only. */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: ownerOnlyFolder });
  } catch (error) {
    throw cannotWrite(home, error);
  }
}

function cannotWrite(path: string, error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(
    `Cannot write ${path} (${reason}): set SLUICE_HOME to a folder that you can write to.`,
  );
}

/** Written beside and moved into place, so that nobody reads half a file, or one that others can read. */
export function writeDemoFile(home: string, file: DemoFile): void {
  const draft = join(home, `demo.json.${process.pid}`);
  try {
    writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: ownerOnlyFile });
    // A draft that a crash left behind keeps the mode that it had.
    chmodSync(draft, ownerOnlyFile);
    renameSync(draft, demoPath(home));
  } catch (error) {
    throw cannotWrite(demoPath(home), error);
  }
}
