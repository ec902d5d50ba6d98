// Who may call, in memory: maps by id, an index of digests, and the log of what was changed.

import { frozenCopy } from "../../base/index.ts";
import type {
  Account,
  AccountQuery,
  Change,
  ChangeEntry,
  ChangeQuery,
  Directory,
  Key,
  Page,
  Project,
  Subscriber,
  Workspace,
} from "../../gate/stores.ts";
import { Changes } from "./changes.ts";
import { pageOf } from "./pages.ts";

/** Records are frozen copies: a caller can neither change the store nor be changed by it. */
export class MemoryDirectory implements Directory {
  readonly #accounts = new Map<string, Account>();
  readonly #workspaces = new Map<string, Workspace>();
  readonly #projects = new Map<string, Project>();
  readonly #keys = new Map<string, Key>();
  /** Every digest that a key ever had: one that was rotated out opens nothing, but stays taken. */
  readonly #keyOfDigest = new Map<string, string>();
  readonly #changes = new Changes();
  readonly #watchers = new Set<{ readonly listener: (accountId: string) => void }>();

  findKey(digest: string): Subscriber | undefined {
    const key = this.#keys.get(this.#keyOfDigest.get(digest) ?? "");
    if (key === undefined || !key.digests.includes(digest)) return undefined;
    const account = this.#accounts.get(key.accountId);
    if (account === undefined) return undefined;
    const project = this.#projects.get(key.projectId ?? "");
    const workspace = this.#workspaces.get(key.workspaceId ?? project?.workspaceId ?? "");
    return {
      key,
      account,
      ...(workspace !== undefined && { workspace }),
      ...(project !== undefined && { project }),
    };
  }

  putAccount(account: Account, change: Change, from?: Account): boolean {
    const before = this.#accounts.get(account.id);
    if (isAnother(before, from)) return false;
    const after = frozenCopy(account);
    this.#accounts.set(after.id, after);
    this.#commit({ ...change, accountId: after.id, kind: "account", id: after.id, before, after });
    return true;
  }

  putWorkspace(workspace: Workspace, change: Change, from?: Workspace): boolean {
    const before = this.#workspaces.get(workspace.id);
    if (isAnother(before, from)) return false;
    this.#checkOwner("workspace", workspace, before);
    const after = frozenCopy(workspace);
    this.#workspaces.set(after.id, after);
    this.#commit({
      ...change,
      accountId: after.accountId,
      kind: "workspace",
      id: after.id,
      before,
      after,
    });
    return true;
  }

  putProject(project: Project, change: Change, from?: Project): boolean {
    const before = this.#projects.get(project.id);
    if (isAnother(before, from)) return false;
    this.#checkOwner("project", project, before);
    this.#checkParent("project", project, this.#workspaces.get(project.workspaceId));
    // Its keys name the workspace too.
    if (before !== undefined && before.workspaceId !== project.workspaceId) {
      throw new Error(`project "${project.id}" belongs to workspace "${before.workspaceId}"`);
    }
    const after = frozenCopy(project);
    this.#projects.set(after.id, after);
    this.#commit({
      ...change,
      accountId: after.accountId,
      kind: "project",
      id: after.id,
      before,
      after,
    });
    return true;
  }

  putKey(key: Key, change: Change, from?: Key): boolean {
    const before = this.#keys.get(key.id);
    if (isAnother(before, from)) return false;
    this.#checkKey(key, before);
    const after = frozenCopy(key);
    this.#keys.set(after.id, after);
    for (const digest of after.digests) this.#keyOfDigest.set(digest, after.id);
    this.#commit({
      ...change,
      accountId: after.accountId,
      kind: "key",
      id: after.id,
      before: before && withoutDigests(before),
      after: withoutDigests(after),
    });
    return true;
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  key(id: string): Key | undefined {
    return this.#keys.get(id);
  }

  workspace(id: string): Workspace | undefined {
    return this.#workspaces.get(id);
  }

  project(id: string): Project | undefined {
    return this.#projects.get(id);
  }

  accounts({ search = "", ...page }: AccountQuery): readonly Account[] {
    const text = inLowerCase(search);
    const holds = (name: string) => inLowerCase(name).includes(text);
    // The page begins behind `after`, also where that does not hold the text.
    const found = pageOf([...this.#accounts.values()], { ...page, limit: this.#accounts.size });
    return found.filter(({ id, name }) => holds(id) || holds(name)).slice(0, page.limit);
  }

  keysOf(accountId: string, page: Page): readonly Key[] {
    return pageOf(ownedBy(accountId, this.#keys), page);
  }

  workspacesOf(accountId: string, page: Page): readonly Workspace[] {
    return pageOf(ownedBy(accountId, this.#workspaces), page);
  }

  projectsOf(accountId: string, page: Page): readonly Project[] {
    return pageOf(ownedBy(accountId, this.#projects), page);
  }

  changes(query: ChangeQuery): readonly ChangeEntry[] {
    return this.#changes.find(query);
  }

  note(change: Omit<ChangeEntry, "sequence">): void {
    this.#changes.add(frozenCopy(change));
  }

  watch(listener: (accountId: string) => void): () => void {
    const watcher = { listener };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #checkKey(key: Key, before: Key | undefined): void {
    this.#checkOwner("key", key, before);
    if (before?.revokedAtMs !== undefined && key.revokedAtMs === undefined) {
      throw new Error(`key "${key.id}" was revoked, and stays so`);
    }
    if (key.workspaceId !== undefined) {
      this.#checkParent("key", key, this.#workspaces.get(key.workspaceId));
    }
    if (key.projectId !== undefined) {
      const project = this.#projects.get(key.projectId);
      this.#checkParent("key", key, project);
      if (key.workspaceId !== undefined && project?.workspaceId !== key.workspaceId) {
        throw new Error(`key "${key.id}" names a project of another workspace`);
      }
    }
    for (const digest of key.digests) {
      const owner = this.#keyOfDigest.get(digest);
      if (owner !== undefined && owner !== key.id) {
        throw new Error(`key "${key.id}" has a digest of key "${owner}"`);
      }
    }
  }

  #checkOwner(kind: string, record: Owned, before: Owned | undefined): void {
    if (!this.#accounts.has(record.accountId)) {
      throw new Error(`${kind} "${record.id}" has no account "${record.accountId}"`);
    }
    if (before !== undefined && before.accountId !== record.accountId) {
      throw new Error(`${kind} "${record.id}" belongs to account "${before.accountId}"`);
    }
  }

  #checkParent(kind: string, record: Owned, parent: Owned | undefined): void {
    if (parent?.accountId !== record.accountId) {
      throw new Error(`${kind} "${record.id}" is under what its account does not have`);
    }
  }

  #commit(change: Omit<ChangeEntry, "sequence">): void {
    this.#changes.add(change);
    this.#tell(change.accountId);
  }

  /** Every watcher hears of it, also after one that throws: a cache that misses a revocation is a hole. */
  #tell(accountId: string): void {
    const failures: unknown[] = [];
    for (const { listener } of [...this.#watchers]) {
      try {
        listener(accountId);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

interface Owned {
  readonly id: string;
  readonly accountId: string;
}

/** A map keeps the order in which records were first put, also when they are replaced. */
function ownedBy<Record extends Owned>(
  accountId: string,
  records: ReadonlyMap<string, Record>,
): readonly Record[] {
  return [...records.values()].filter((record) => record.accountId === accountId);
}

/** Whether what stands there is not what a new record was made from. */
function isAnother(stands: Owned | Account | undefined, from: object | undefined): boolean {
  return from !== undefined && stands !== from && JSON.stringify(stands) !== JSON.stringify(from);
}

/** ASCII alone, as the stores on databases do it, whatever their language. */
function inLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function withoutDigests(key: Key): Omit<Key, "digests"> {
  const { digests: _, ...rest } = key;
  return Object.freeze(rest);
}
