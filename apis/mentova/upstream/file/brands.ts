// The brands of every account, in their table; everything under a brand hangs on its row.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { thingsIn } from "@sluice-apis/records-file";
import { assert } from "sluice/base";
import { foldName } from "../names.ts";
import type { BrandRecord, Brands } from "../records.ts";

export class FileBrands implements Brands {
  readonly #ofAccount: StatementSync;
  readonly #count: StatementSync;
  readonly #find: StatementSync;
  readonly #named: StatementSync;
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#ofAccount = prepare("SELECT record FROM brand WHERE account_id = ? ORDER BY n");
    this.#count = prepare("SELECT count(*) AS count FROM brand WHERE account_id = ?");
    this.#find = prepare("SELECT record FROM brand WHERE account_id = ? AND id = ?");
    this.#named = prepare("SELECT record FROM brand WHERE account_id = ? AND folded_name = ?");
    this.#insert = prepare(
      "INSERT INTO brand (account_id, id, folded_name, record) VALUES (?, ?, ?, ?)",
    );
    this.#replace = prepare(
      "UPDATE brand SET folded_name = ?, record = ? WHERE account_id = ? AND id = ?",
    );
    this.#remove = prepare("DELETE FROM brand WHERE account_id = ? AND id = ?");
  }

  ofAccount(accountId: string): readonly BrandRecord[] {
    return thingsIn<BrandRecord>(this.#ofAccount.all(accountId));
  }

  count(accountId: string): number {
    return Number(this.#count.get(accountId)?.["count"]);
  }

  find(accountId: string, brandId: string): BrandRecord | undefined {
    return thingsIn<BrandRecord>(this.#find.all(accountId, brandId))[0];
  }

  named(accountId: string, name: string): BrandRecord | undefined {
    return thingsIn<BrandRecord>(this.#named.all(accountId, storedName(name)))[0];
  }

  insert(record: BrandRecord): void {
    const { accountId, brand } = record;
    this.#insert.run(accountId, brand.id, storedName(brand.name), JSON.stringify(record));
  }

  replace(record: BrandRecord): void {
    const { accountId, brand } = record;
    const name = storedName(brand.name);
    const { changes } = this.#replace.run(name, JSON.stringify(record), accountId, brand.id);
    assert(changes === 1, "Only a brand that is there is replaced");
  }

  remove({ accountId, brand }: BrandRecord): void {
    this.#remove.run(accountId, brand.id);
  }
}

/** As JSON: half a surrogate pair, on its own, would come to be stored as the same as any other. */
function storedName(name: string): string {
  return JSON.stringify(foldName(name));
}
