// Who may call: the port, whose work is done in the worker. Watchers hear of a change once it is
// committed, and before whoever made it goes on.

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
} from "../../../gate/stores.ts";
import { BatchError } from "../../batch/index.ts";
import type { Submit } from "../thread/commands.ts";
import type { Queries } from "../thread/queries.ts";
import { StoreDownError } from "../thread/thread.ts";

/** Every record that is answered is a copy of its own. */
export class SqliteDirectory implements Directory {
  readonly #submit: Submit;
  readonly #queries: Queries;
  readonly #watchers = new Set<{ readonly listener: (accountId: string) => void }>();

  constructor(submit: Submit, queries: Queries) {
    this.#submit = submit;
    this.#queries = queries;
  }

  findKey(digest: string): Promise<Subscriber | undefined> {
    return this.#submit("findKey", digest);
  }

  putAccount(account: Account, change: Change, from?: Account): Promise<boolean> {
    const { id } = account;
    return this.#change(id, this.#submit("putAccount", structuredClone(account), change, from));
  }

  putWorkspace(workspace: Workspace, change: Change, from?: Workspace): Promise<boolean> {
    const { accountId } = workspace;
    return this.#change(
      accountId,
      this.#submit("putWorkspace", structuredClone(workspace), change, from),
    );
  }

  putProject(project: Project, change: Change, from?: Project): Promise<boolean> {
    const { accountId } = project;
    return this.#change(
      accountId,
      this.#submit("putProject", structuredClone(project), change, from),
    );
  }

  putKey(key: Key, change: Change, from?: Key): Promise<boolean> {
    const { accountId } = key;
    return this.#change(accountId, this.#submit("putKey", structuredClone(key), change, from));
  }

  account(id: string): Promise<Account | undefined> {
    return this.#submit("account", id);
  }

  key(id: string): Promise<Key | undefined> {
    return this.#submit("key", id);
  }

  workspace(id: string): Promise<Workspace | undefined> {
    return this.#submit("workspace", id);
  }

  project(id: string): Promise<Project | undefined> {
    return this.#submit("project", id);
  }

  accounts(query: AccountQuery): Promise<readonly Account[]> {
    return this.#queries.ask("accounts", query);
  }

  keysOf(accountId: string, page: Page): Promise<readonly Key[]> {
    return this.#queries.ask("keysOf", accountId, page);
  }

  workspacesOf(accountId: string, page: Page): Promise<readonly Workspace[]> {
    return this.#queries.ask("workspacesOf", accountId, page);
  }

  projectsOf(accountId: string, page: Page): Promise<readonly Project[]> {
    return this.#queries.ask("projectsOf", accountId, page);
  }

  changes(query: ChangeQuery): Promise<readonly ChangeEntry[]> {
    return this.#queries.ask("changes", query);
  }

  async note(change: Omit<ChangeEntry, "sequence">): Promise<void> {
    await this.#submit("note", structuredClone(change));
  }

  watch(listener: (accountId: string) => void): () => void {
    const watcher = { listener };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async #change(accountId: string, change: Promise<boolean>): Promise<boolean> {
    let isPut: boolean;
    try {
      isPut = await change;
    } catch (error) {
      // Perhaps it was done after all, and whoever keeps the old record must forget it.
      if (error instanceof BatchError || error instanceof StoreDownError) this.#tell(accountId);
      throw error;
    }
    if (isPut) this.#tell(accountId);
    return isPut;
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
