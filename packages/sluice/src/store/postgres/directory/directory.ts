// Who may call: the port. A look-up is one indexed query, a change one call of a function, in
// a transaction where it depends on what stands there. Watchers hear of this
// process's changes once they are committed, and of all others by the poll of the log of changes.

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
import type { Watchers } from "../../changes/index.ts";
import { type Database, isRefusal, type Statement } from "../connection/database.ts";
import { changesPage } from "./changes.ts";
import { accountsPage, ownedPage } from "./pages.ts";
import { parsed, textOf } from "./records.ts";

/** Records of the directory itself. */
type Kind = Exclude<ChangeEntry["kind"], "grant" | "incident">;

const put = {
  name: "sluice_put",
  text: "SELECT sluice.put_record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
};
/** The one that `put_record` takes. */
const lockChanges = "SELECT pg_advisory_xact_lock(hashtextextended('sluice/change', 0))";
const keyOfDigest = {
  name: "sluice_find_key",
  text:
    "SELECT k.record, a.record, w.record, p.record FROM sluice.digest d " +
    "JOIN sluice.key k ON k.id = d.key_id JOIN sluice.account a ON a.id = k.account_id " +
    "LEFT JOIN sluice.project p ON p.id = k.project_id " +
    "LEFT JOIN sluice.workspace w ON w.id = coalesce(k.workspace_id, p.workspace_id) " +
    "WHERE d.digest = $1",
};
const note = {
  name: "sluice_note",
  text: "SELECT sluice.note_change($1, $2, $3, $4, $5, $6, $7)",
};

/** Every record that is answered is a copy of its own. */
export class PostgresDirectory implements Directory {
  readonly #database: Database;
  readonly #watchers: Watchers;

  constructor(database: Database, watchers: Watchers) {
    this.#database = database;
    this.#watchers = watchers;
  }

  async findKey(digest: string): Promise<Subscriber | undefined> {
    const [row] = await this.#database.ask(keyOfDigest, [digest]);
    const key = parsed<Key>(row?.[0]);
    const account = parsed<Account>(row?.[1]);
    // A digest that was rotated out stays its key's, and opens nothing.
    if (key === undefined || account === undefined || !key.digests.includes(digest)) {
      return undefined;
    }
    const workspace = parsed<Workspace>(row?.[2]);
    const project = parsed<Project>(row?.[3]);
    return {
      key,
      account,
      ...(workspace !== undefined && { workspace }),
      ...(project !== undefined && { project }),
    };
  }

  putAccount(account: Account, change: Change, from?: Account): Promise<boolean> {
    return this.#put("account", { id: account.id, accountId: account.id }, account, [change, from]);
  }

  putWorkspace(workspace: Workspace, change: Change, from?: Workspace): Promise<boolean> {
    return this.#put("workspace", workspace, workspace, [change, from]);
  }

  putProject(project: Project, change: Change, from?: Project): Promise<boolean> {
    return this.#put("project", project, project, [change, from]);
  }

  putKey(key: Key, change: Change, from?: Key): Promise<boolean> {
    const about = { ...key, isRevoked: key.revokedAtMs !== undefined };
    return this.#put("key", about, key, [change, from]);
  }

  account(id: string): Promise<Account | undefined> {
    return this.#find("account", id);
  }

  key(id: string): Promise<Key | undefined> {
    return this.#find("key", id);
  }

  workspace(id: string): Promise<Workspace | undefined> {
    return this.#find("workspace", id);
  }

  project(id: string): Promise<Project | undefined> {
    return this.#find("project", id);
  }

  accounts(query: AccountQuery): Promise<readonly Account[]> {
    return accountsPage(this.#database, query);
  }

  keysOf(accountId: string, page: Page): Promise<readonly Key[]> {
    return ownedPage(this.#database, "key", accountId, page);
  }

  workspacesOf(accountId: string, page: Page): Promise<readonly Workspace[]> {
    return ownedPage(this.#database, "workspace", accountId, page);
  }

  projectsOf(accountId: string, page: Page): Promise<readonly Project[]> {
    return ownedPage(this.#database, "project", accountId, page);
  }

  changes(query: ChangeQuery): Promise<readonly ChangeEntry[]> {
    return changesPage(this.#database, query);
  }

  async note(change: Omit<ChangeEntry, "sequence">): Promise<void> {
    const { accountId, kind, id, by, atMs } = change;
    const [before, after] = [change.before, change.after].map((record) =>
      record === undefined ? null : textOf(record),
    );
    await this.#database.ask(note, [accountId, kind, id, by, atMs, before, after]);
  }

  watch(listener: (accountId: string) => void, onAnything?: () => void): () => void {
    return this.#watchers.add(listener, onAnything);
  }

  async #put(
    kind: Kind,
    about: About,
    record: object,
    [{ by, atMs }, from]: readonly [Change, object | undefined],
  ): Promise<boolean> {
    const { id, accountId, workspaceId, projectId, digests, isRevoked = false } = about;
    const text = textOf(record);
    const { digests: _, ...shown } = record as { readonly digests?: unknown };
    const first = [kind, id, accountId, workspaceId, projectId, isRevoked, digests ?? [], text];
    const values = [...first, textOf(shown), by, atMs];
    let isPut = true;
    try {
      if (from === undefined) await this.#database.ask(put, values);
      else isPut = await this.#replace(kind, id, from, values);
    } catch (error) {
      // Perhaps it was done after all, and whoever keeps the old record must forget it.
      if (!isRefusal(error)) this.#watchers.tell(accountId);
      throw error;
    }
    if (isPut) this.#watchers.tell(accountId);
    return isPut;
  }

  /** Under the lock of all changes, so that what is seen to stand there is what is replaced. */
  #replace(kind: Kind, id: string, from: object, values: unknown[]): Promise<boolean> {
    return this.#database.transaction(async (ask) => {
      await ask(lockChanges);
      const [row] = await ask(findRecord[kind], [id]);
      if (row?.[0] !== textOf(from)) return false;
      await ask(put, values);
      return true;
    });
  }

  async #find<T>(kind: Kind, id: string): Promise<T | undefined> {
    const [row] = await this.#database.ask(findRecord[kind], [id]);
    return parsed<T>(row?.[0]);
  }
}

/** What a record hangs on. */
interface About {
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly digests?: readonly string[];
  readonly isRevoked?: boolean;
}

const findRecord = {
  account: find("account"),
  workspace: find("workspace"),
  project: find("project"),
  key: find("key"),
} as const;

function find(kind: Kind): Statement {
  return { name: `sluice_${kind}`, text: `SELECT record FROM sluice.${kind} WHERE id = $1` };
}
