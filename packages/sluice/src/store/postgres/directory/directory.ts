// Who may call: the port. A look-up is one indexed query, a change one call of a function. Watchers hear of this
// process's changes once they are committed, and of all others by the poll of the log of changes.

import type {
  Account,
  Change,
  ChangeEntry,
  Directory,
  Key,
  Page,
  Project,
  Subscriber,
  Workspace,
} from "../../../gate/stores.ts";
import { type Database, isRefusal, type Row, type Statement } from "../connection/database.ts";
import type { Watchers } from "./watchers.ts";

type Kind = ChangeEntry["kind"];

const put = {
  name: "sluice_put",
  text: "SELECT sluice.put_record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
};
const keyOfDigest = {
  name: "sluice_find_key",
  text:
    "SELECT k.record, a.record, w.record, p.record FROM sluice.digest d " +
    "JOIN sluice.key k ON k.id = d.key_id JOIN sluice.account a ON a.id = k.account_id " +
    "LEFT JOIN sluice.project p ON p.id = k.project_id " +
    "LEFT JOIN sluice.workspace w ON w.id = coalesce(k.workspace_id, p.workspace_id) " +
    "WHERE d.digest = $1",
};
const keysOf = {
  name: "sluice_keys_of",
  text: "SELECT record FROM sluice.key WHERE account_id = $1 ORDER BY n",
};
const changeRows = 1_000;
const changes = {
  name: "sluice_changes",
  text:
    "SELECT sequence, kind, id, changed_by, at_ms, before, after FROM sluice.change " +
    `WHERE account_id = $1 AND sequence > $2 ORDER BY sequence LIMIT ${changeRows}`,
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

  putAccount(account: Account, change: Change): Promise<void> {
    return this.#put("account", { id: account.id, accountId: account.id }, account, change);
  }

  putWorkspace(workspace: Workspace, change: Change): Promise<void> {
    return this.#put("workspace", workspace, workspace, change);
  }

  putProject(project: Project, change: Change): Promise<void> {
    return this.#put("project", project, project, change);
  }

  putKey(key: Key, change: Change): Promise<void> {
    return this.#put("key", { ...key, isRevoked: key.revokedAtMs !== undefined }, key, change);
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

  async keysOf(accountId: string): Promise<readonly Key[]> {
    return recordsIn<Key>(await this.#database.ask(keysOf, [accountId]));
  }

  workspacesOf(accountId: string, page: Page): Promise<readonly Workspace[]> {
    return this.#page("workspace", accountId, page);
  }

  projectsOf(accountId: string, page: Page): Promise<readonly Project[]> {
    return this.#page("project", accountId, page);
  }

  async changes(accountId: string): Promise<readonly ChangeEntry[]> {
    const entries: ChangeEntry[] = [];
    let rows: readonly Row[] = [];
    do {
      rows = await this.#database.ask(changes, [accountId, Number(rows.at(-1)?.[0] ?? 0)]);
      for (const row of rows) entries.push(changeIn(accountId, row));
    } while (rows.length === changeRows);
    return entries;
  }

  watch(listener: (accountId: string) => void, onAnything?: () => void): () => void {
    return this.#watchers.add(listener, onAnything);
  }

  async #put(kind: Kind, about: About, record: object, { by, atMs }: Change): Promise<void> {
    const { id, accountId, workspaceId, projectId, digests, isRevoked = false } = about;
    const text = textOf(record);
    const { digests: _, ...shown } = record as { readonly digests?: unknown };
    const values = [kind, id, accountId, workspaceId, projectId, isRevoked, digests ?? [], text];
    try {
      await this.#database.ask(put, [...values, textOf(shown), by, atMs]);
    } catch (error) {
      // Perhaps it was done after all, and whoever keeps the old record must forget it.
      if (!isRefusal(error)) this.#watchers.tell(accountId);
      throw error;
    }
    this.#watchers.tell(accountId);
  }

  async #find<T>(kind: Kind, id: string): Promise<T | undefined> {
    const [row] = await this.#database.ask(findRecord[kind], [id]);
    return parsed<T>(row?.[0]);
  }

  async #page<T>(
    kind: "workspace" | "project",
    accountId: string,
    { limit, after }: Page,
  ): Promise<readonly T[]> {
    return recordsIn<T>(await this.#database.ask(pageOf[kind], [accountId, after ?? null, limit]));
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

const pageOf = { workspace: page("workspace"), project: page("project") } as const;

function find(kind: Kind): Statement {
  return { name: `sluice_${kind}`, text: `SELECT record FROM sluice.${kind} WHERE id = $1` };
}

/** Behind a record that the account does not have there is nothing: no number is greater than null. */
function page(kind: "workspace" | "project"): Statement {
  return {
    name: `sluice_${kind}_page`,
    text:
      `SELECT record FROM sluice.${kind} WHERE account_id = $1 AND n > CASE WHEN $2::text IS NULL ` +
      `THEN 0 ELSE (SELECT n FROM sluice.${kind} WHERE id = $2 AND account_id = $1) END ` +
      "ORDER BY n LIMIT $3",
  };
}

function changeIn(accountId: string, row: Row): ChangeEntry {
  const [, kind, id, by, atMs, before, after] = row;
  return {
    by: by ?? "",
    atMs: Number(atMs),
    accountId,
    kind: kind as Kind,
    id: id ?? "",
    before: parsed(before),
    after: parsed(after),
  };
}

function recordsIn<T>(rows: readonly Row[]): readonly T[] {
  return rows.map(([record]) => JSON.parse(record ?? "") as T);
}

function parsed<T>(text: string | null | undefined): T | undefined {
  return text === null || text === undefined ? undefined : (JSON.parse(text) as T);
}

/** JSON knows no NaN and no Infinity, and would quietly make them null. */
function textOf(record: unknown): string {
  return JSON.stringify(record, (name, value: unknown) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new Error(`"${name}" is ${String(value)}, which a record cannot hold`);
  });
}
