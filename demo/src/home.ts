// The demo's home: `demo.json`, which tells people and tools where the demo is and with which keys. The
// only place where its keys are written down, so nobody else may read it.

import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { StartError } from "@sluice/gateway";

/** The keys of each API, each one a way in which it says yes or no. */
export const keyNames = {
  mentova: ["agency", "stranger", "free", "revoked", "exhausted", "test"],
  mavera: [
    "starter",
    "enterprise",
    "stranger",
    "revoked",
    "expired",
    "lapsed",
    "exhausted",
    "overBudget",
    "viewer",
    "test",
  ],
} as const;

export type ApiName = keyof typeof keyNames;
export type KeyName<Api extends ApiName> = (typeof keyNames)[Api][number];
export type Keys<Api extends ApiName> = Readonly<Record<KeyName<Api>, string>>;

interface IdNames {
  readonly mentova:
    | "brand"
    | "topic"
    | "foreignBrand"
    | "fullBrand"
    | "exhaustedBrand"
    | "exhaustedTopic";
  readonly mavera: "persona" | "workspace" | "foreignWorkspace";
}
export type Ids<Api extends ApiName> = Readonly<Record<IdNames[Api], string>>;

/** What whoever calls an API must know. */
export interface Access<Api extends ApiName> {
  readonly baseUrl: string;
  readonly keys: Keys<Api>;
  readonly ids: Ids<Api>;
}

/** Where operators' tools ask, and the token of an owner, which ends with the demo. */
export interface AdminAccess {
  readonly url: string;
  readonly token: string;
}

export type DemoFile = { readonly url: string; readonly admin: AdminAccess } & {
  readonly [Api in ApiName]: Access<Api>;
};

const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;

export function demoPath(home: string): string {
  return resolve(home, "demo.json");
}

/** The keys of an earlier start; undefined when there was none, or its file is not what we wrote. */
export function readKeys<Api extends ApiName>(home: string, api: Api): Keys<Api> | undefined {
  let file: Partial<Record<ApiName, { keys?: Readonly<Record<string, unknown>> }>> | null;
  try {
    file = JSON.parse(readFileSync(demoPath(home), "utf8"));
  } catch {
    return undefined;
  }
  const names: readonly string[] = keyNames[api];
  const kept = names.map((name) => file?.[api]?.keys?.[name]);
  if (!kept.every((key) => typeof key === "string") || new Set(kept).size !== kept.length) {
    return undefined;
  }
  return Object.fromEntries(names.map((name, index) => [name, kept[index]])) as Keys<Api>;
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
