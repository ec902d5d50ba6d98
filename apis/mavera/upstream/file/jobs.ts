// The jobs of every account, in their table.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { thingsIn } from "@sluice-apis/records-file";
import { assert } from "sluice/base";
import type { JobFilter, JobRecord, Jobs, OffsetPage } from "../records.ts";

export class FileJobs implements Jobs {
  readonly #page: StatementSync;
  readonly #count: StatementSync;
  readonly #withId: StatementSync;
  readonly #unheard: StatementSync;
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;

  constructor(database: DatabaseSync) {
    const fitting = "job WHERE account_id = ? AND kind = ? AND status = coalesce(?, status)";
    const prepare = (sql: string) => database.prepare(sql);
    this.#page = prepare(`SELECT record FROM ${fitting} ORDER BY n DESC LIMIT ? OFFSET ?`);
    this.#count = prepare(`SELECT count(*) AS count FROM ${fitting}`);
    this.#withId = prepare("SELECT record FROM job WHERE id = ?");
    this.#unheard = prepare("SELECT record FROM job WHERE is_heard = 0 ORDER BY n");
    this.#insert = prepare(
      "INSERT INTO job (account_id, kind, id, status, is_heard, record) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#replace = prepare("UPDATE job SET status = ?, is_heard = ?, record = ? WHERE id = ?");
  }

  page(
    { accountId, kind, status }: JobFilter,
    { limit, offset }: OffsetPage,
  ): readonly JobRecord[] {
    return thingsIn<JobRecord>(this.#page.all(accountId, kind, status ?? null, limit, offset));
  }

  count({ accountId, kind, status }: JobFilter): number {
    return Number(this.#count.get(accountId, kind, status ?? null)?.["count"]);
  }

  withId(id: string): JobRecord | undefined {
    return thingsIn<JobRecord>(this.#withId.all(id))[0];
  }

  unheard(): readonly JobRecord[] {
    return thingsIn<JobRecord>(this.#unheard.all());
  }

  insert(job: JobRecord): void {
    const { accountId, kind, id } = job;
    this.#insert.run(accountId, kind, id, ...changing(job));
  }

  replace(job: JobRecord): void {
    const { changes } = this.#replace.run(...changing(job), job.id);
    assert(changes === 1, "Only a job that is there is replaced");
  }
}

function changing(job: JobRecord): [status: string, isHeard: number, record: string] {
  return [job.status, Number(job.isHeard), JSON.stringify(job)];
}
