// What the worker does for the directory: looks records up by their keys, and checks and writes changes
// together with the log of them. Nothing is kept in memory: whoever asks often keeps it himself.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type {
  Account,
  Change,
  ChangeEntry,
  Key,
  Project,
  Subscriber,
  Workspace,
} from "../../../gate/stores.ts";
import { require } from "../file/mistake.ts";

interface Owned {
  readonly id: string;
  readonly accountId: string;
}

/** Records of the directory itself. */
type Kind = Exclude<ChangeEntry["kind"], "grant" | "incident">;

interface Statements {
  readonly find: StatementSync;
  readonly put: StatementSync;
}

export class DirectoryWork {
  readonly #statements: Readonly<Record<Kind, Statements>>;
  readonly #keyOfDigest: StatementSync;
  readonly #putDigest: StatementSync;
  readonly #logChange: StatementSync;

  constructor(database: DatabaseSync) {
    const statements = (kind: Kind, owners: readonly string[]): Statements => {
      const columns = ["id", "record", ...owners];
      const values = columns.map(() => "?").join();
      return {
        find: database.prepare(`SELECT record FROM ${kind} WHERE id = ?`),
        put: database.prepare(
          `INSERT INTO ${kind} (${columns.join()}) VALUES (${values}) ` +
            `ON CONFLICT (id) DO UPDATE SET ${columns.map((one) => `${one} = excluded.${one}`)}`,
        ),
      };
    };
    this.#statements = {
      account: statements("account", []),
      workspace: statements("workspace", ["account_id"]),
      project: statements("project", ["account_id", "workspace_id"]),
      key: statements("key", ["account_id", "workspace_id", "project_id"]),
    };
    this.#keyOfDigest = database.prepare("SELECT key_id FROM digest WHERE digest = ?");
    this.#putDigest = database.prepare(
      "INSERT OR IGNORE INTO digest (digest, key_id) VALUES (?, ?)",
    );
    this.#logChange = database.prepare(
      "INSERT INTO change (account_id, kind, id, changed_by, at_ms, before, after) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
  }

  findKey(digest: string): Subscriber | undefined {
    const key = this.key(this.#ownerOf(digest) ?? "");
    if (key === undefined || !key.digests.includes(digest)) return undefined;
    const account = this.account(key.accountId);
    if (account === undefined) return undefined;
    const project = this.project(key.projectId ?? "");
    const workspace = this.workspace(key.workspaceId ?? project?.workspaceId ?? "");
    return {
      key,
      account,
      ...(workspace !== undefined && { workspace }),
      ...(project !== undefined && { project }),
    };
  }

  putAccount(account: Account, change: Change, from?: Account): boolean {
    const before = this.account(account.id);
    if (isAnother(before, from)) return false;
    this.#put("account", account.id, account, []);
    this.#log("account", { id: account.id, accountId: account.id }, change, before, account);
    return true;
  }

  putWorkspace(workspace: Workspace, change: Change, from?: Workspace): boolean {
    const before = this.workspace(workspace.id);
    if (isAnother(before, from)) return false;
    this.#checkOwner("workspace", workspace, before);
    this.#put("workspace", workspace.id, workspace, [workspace.accountId]);
    this.#log("workspace", workspace, change, before, workspace);
    return true;
  }

  putProject(project: Project, change: Change, from?: Project): boolean {
    const before = this.project(project.id);
    if (isAnother(before, from)) return false;
    this.#checkOwner("project", project, before);
    checkParent("project", project, this.workspace(project.workspaceId));
    // Its keys name the workspace too.
    require(before === undefined || before.workspaceId === project.workspaceId, () =>
      `project "${project.id}" belongs to workspace "${before?.workspaceId}"`);
    this.#put("project", project.id, project, [project.accountId, project.workspaceId]);
    this.#log("project", project, change, before, project);
    return true;
  }

  putKey(key: Key, change: Change, from?: Key): boolean {
    const before = this.key(key.id);
    if (isAnother(before, from)) return false;
    this.#checkKey(key, before);
    const owners = [key.accountId, key.workspaceId ?? null, key.projectId ?? null];
    this.#put("key", key.id, key, owners);
    for (const digest of key.digests) this.#putDigest.run(digest, key.id);
    this.#log("key", key, change, before && withoutDigests(before), withoutDigests(key));
    return true;
  }

  account(id: string): Account | undefined {
    return this.#find("account", id) as Account | undefined;
  }

  workspace(id: string): Workspace | undefined {
    return this.#find("workspace", id) as Workspace | undefined;
  }

  project(id: string): Project | undefined {
    return this.#find("project", id) as Project | undefined;
  }

  key(id: string): Key | undefined {
    return this.#find("key", id) as Key | undefined;
  }

  note({ by, atMs, accountId, kind, id, before, after }: Omit<ChangeEntry, "sequence">): void {
    const now = after === undefined ? "" : textOf(after);
    this.#logChange.run(
      accountId,
      kind,
      id,
      by,
      atMs,
      before === undefined ? null : textOf(before),
      now,
    );
  }

  #find(kind: Kind, id: string): unknown {
    const record = this.#statements[kind].find.get(id)?.["record"];
    return record === undefined ? undefined : JSON.parse(String(record));
  }

  #put(kind: Kind, id: string, record: object, owners: readonly (string | null)[]): void {
    this.#statements[kind].put.run(id, textOf(record), ...owners);
  }

  #ownerOf(digest: string): string | undefined {
    return this.#keyOfDigest.get(digest)?.["key_id"] as string | undefined;
  }

  #checkKey(key: Key, before: Key | undefined): void {
    this.#checkOwner("key", key, before);
    require(before?.revokedAtMs === undefined || key.revokedAtMs !== undefined, () =>
      `key "${key.id}" was revoked, and stays so`);
    if (key.workspaceId !== undefined) {
      checkParent("key", key, this.workspace(key.workspaceId));
    }
    if (key.projectId !== undefined) {
      const project = this.project(key.projectId);
      checkParent("key", key, project);
      require(key.workspaceId === undefined || project?.workspaceId === key.workspaceId, () =>
        `key "${key.id}" names a project of another workspace`);
    }
    for (const digest of key.digests) {
      const owner = this.#ownerOf(digest);
      require(owner === undefined || owner === key.id, () =>
        `key "${key.id}" has a digest of key "${owner}"`);
    }
  }

  #checkOwner(kind: string, record: Owned, before: Owned | undefined): void {
    require(this.account(record.accountId) !== undefined, () =>
      `${kind} "${record.id}" has no account "${record.accountId}"`);
    require(before === undefined || before.accountId === record.accountId, () =>
      `${kind} "${record.id}" belongs to account "${before?.accountId}"`);
  }

  #log(
    kind: Kind,
    { accountId, id }: Owned,
    change: Change,
    before: unknown,
    after: unknown,
  ): void {
    this.note({ ...change, accountId, kind, id, before, after });
  }
}

function checkParent(kind: string, record: Owned, parent: Owned | undefined): void {
  require(parent?.accountId === record.accountId, () =>
    `${kind} "${record.id}" is under what its account does not have`);
}

function withoutDigests(key: Key): Omit<Key, "digests"> {
  const { digests: _, ...rest } = key;
  return rest;
}

/** JSON knows no NaN and no Infinity, and would quietly make them null. */
/** Whether what stands there is not what a new record was made from. */
function isAnother(stands: object | undefined, from: object | undefined): boolean {
  return from !== undefined && (stands === undefined || textOf(stands) !== textOf(from));
}

function textOf(record: unknown): string {
  return JSON.stringify(record, (name, value: unknown) => {
    require(typeof value !== "number" || Number.isFinite(value), () =>
      `"${name}" is ${String(value)}, which a record cannot hold`);
    return value;
  });
}
