// The threads of every account, and the messages of each, in their tables.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { thingsIn } from "@sluice-apis/records-file";
import { assert } from "sluice/base";
import { foldText } from "../folding.ts";
import type { AfterPage, ThreadFilter, ThreadMessage, ThreadRecord, Threads } from "../records.ts";

export class FileThreads implements Threads {
  readonly #page: StatementSync;
  readonly #place: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;
  readonly #messages: StatementSync;
  readonly #addMessage: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#page = prepare(
      `SELECT record FROM thread
       WHERE account_id = ? AND n < ? AND workspace_id IS coalesce(?, workspace_id)
       AND instr(folded_title, ?) ORDER BY n DESC LIMIT ?`,
    );
    this.#place = prepare("SELECT n FROM thread WHERE account_id = ? AND id = ?");
    this.#find = prepare("SELECT record FROM thread WHERE account_id = ? AND id = ?");
    this.#insert = prepare(
      `INSERT INTO thread (account_id, workspace_id, id, folded_title, record)
       VALUES (?, ?, ?, ?, ?)`,
    );
    this.#replace = prepare("UPDATE thread SET record = ? WHERE account_id = ? AND id = ?");
    this.#messages = prepare("SELECT record FROM message WHERE thread_id = ? ORDER BY n");
    this.#addMessage = prepare("INSERT INTO message (thread_id, record) VALUES (?, ?)");
  }

  page(
    { accountId, workspaceId, search = "" }: ThreadFilter,
    { limit, after }: AfterPage,
  ): readonly ThreadRecord[] | undefined {
    const last = { n: Number.MAX_SAFE_INTEGER };
    const place = after === undefined ? last : this.#place.get(accountId, after);
    if (place === undefined) return undefined;
    const n = Number(place["n"]);
    const rows = this.#page.all(accountId, n, workspaceId ?? null, foldText(search), limit);
    return thingsIn<ThreadRecord>(rows);
  }

  find(accountId: string, id: string): ThreadRecord | undefined {
    return thingsIn<ThreadRecord>(this.#find.all(accountId, id))[0];
  }

  insert(thread: ThreadRecord): void {
    const { accountId, workspaceId, id, title } = thread;
    this.#insert.run(accountId, workspaceId, id, foldText(title), JSON.stringify(thread));
  }

  replace(thread: ThreadRecord): void {
    const { changes } = this.#replace.run(JSON.stringify(thread), thread.accountId, thread.id);
    assert(changes === 1, "Only a thread that is there is replaced");
  }

  messages({ id }: ThreadRecord): readonly ThreadMessage[] {
    return thingsIn<ThreadMessage>(this.#messages.all(id));
  }

  addMessage({ id }: ThreadRecord, message: ThreadMessage): void {
    this.#addMessage.run(id, JSON.stringify(message));
  }
}
