// Accounts, and what an account has, page by page in the order in which it was first put: a row keeps its number when it is
// replaced.

import type { Account, AccountQuery, Key, Page, Project, Workspace } from "../../../gate/stores.ts";
import type { Database, Row, Statement } from "../connection/database.ts";

/** Of which kind of records. */
interface Owned {
  readonly key: Key;
  readonly workspace: Workspace;
  readonly project: Project;
}

/** Behind a record that is not there, or not the account's, there is nothing: no number is greater than null. */
const after = (found: string) => `n > CASE WHEN $1::text IS NULL THEN 0 ELSE (${found}) END`;

/** ASCII alone, whatever the language of the database. */
const holds = (text: string) =>
  `position(lower($3 COLLATE "C") in lower((${text}) COLLATE "C")) > 0`;

const behindAccount = after("SELECT n FROM sluice.account WHERE id = $1");
const allAccounts = {
  name: "sluice_accounts",
  text: `SELECT record FROM sluice.account WHERE ${behindAccount} ORDER BY n LIMIT $2`,
};
const someAccounts = {
  name: "sluice_accounts_with",
  text:
    `SELECT record FROM sluice.account WHERE ${behindAccount} ` +
    `AND (${holds("id")} OR ${holds("record::json ->> 'name'")}) ORDER BY n LIMIT $2`,
};

const pageOf = {
  key: page("key"),
  workspace: page("workspace"),
  project: page("project"),
} as const;

function page(kind: keyof Owned): Statement {
  const found = `SELECT n FROM sluice.${kind} WHERE id = $1 AND account_id = $3`;
  return {
    name: `sluice_${kind}_page`,
    text: `SELECT record FROM sluice.${kind} WHERE account_id = $3 AND ${after(found)} ORDER BY n LIMIT $2`,
  };
}

/** A text is looked for in every account behind the cursor, until a page is full. */
export async function accountsPage(
  database: Database,
  { search = "", limit, after: id }: AccountQuery,
): Promise<readonly Account[]> {
  const place = [id ?? null, limit];
  const rows = await (search === ""
    ? database.ask(allAccounts, place)
    : database.ask(someAccounts, [...place, search]));
  return recordsIn<Account>(rows);
}

export async function ownedPage<Kind extends keyof Owned>(
  database: Database,
  kind: Kind,
  accountId: string,
  { limit, after: id }: Page,
): Promise<readonly Owned[Kind][]> {
  return recordsIn<Owned[Kind]>(await database.ask(pageOf[kind], [id ?? null, limit, accountId]));
}

function recordsIn<T>(rows: readonly Row[]): readonly T[] {
  return rows.map(([record]) => JSON.parse(record ?? "") as T);
}
