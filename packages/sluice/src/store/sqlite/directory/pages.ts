// Accounts, and what an account has, page by page in the order in which it was first put: a row keeps its number when it is
// replaced.

import type { Account, AccountQuery, Key, Page, Project, Workspace } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

/** Of which kind of records. */
interface Owned {
  readonly key: Key;
  readonly workspace: Workspace;
  readonly project: Project;
}

/** A text is looked for in every account behind the cursor, until a page is full. */
export function accountsPage(
  prepare: Prepare,
  { search = "", limit, after }: AccountQuery,
): readonly Account[] {
  const holds = (text: string) => `instr(lower(${text}), lower(?3)) > 0`;
  const sought = search === "" ? "?3 = ''" : `(${holds("id")} OR ${holds("record ->> 'name'")})`;
  const rows = prepare(
    "SELECT record FROM account WHERE n > iif(?1 IS NULL, 0, " +
      `(SELECT n FROM account WHERE id = ?1)) AND ${sought} ORDER BY n LIMIT ?2`,
  ).all(after ?? null, limit, search);
  return rows.map(({ record }) => JSON.parse(String(record)) as Account);
}

/** Behind a record that the account does not have there is nothing: no number is greater than null. */
export function ownedPage<Kind extends keyof Owned>(
  prepare: Prepare,
  kind: Kind,
  accountId: string,
  { limit, after }: Page,
): readonly Owned[Kind][] {
  const rows = prepare(
    `SELECT record FROM ${kind} WHERE account_id = ?1 AND n > iif(?2 IS NULL, 0, ` +
      `(SELECT n FROM ${kind} WHERE id = ?2 AND account_id = ?1)) ORDER BY n LIMIT ?3`,
  ).all(accountId, after ?? null, limit);
  return rows.map(({ record }) => JSON.parse(String(record)) as Owned[Kind]);
}
