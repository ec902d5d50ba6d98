// Prepared statements by their text: each is compiled once a connection.

import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Prepares a statement, or finds it prepared. */
export type Prepare = (sql: string) => StatementSync;

/** The texts are few and written in the sources, so none is ever dropped. */
export function preparing(database: DatabaseSync): Prepare {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    let statement = known.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      known.set(sql, statement);
    }
    return statement;
  };
}
