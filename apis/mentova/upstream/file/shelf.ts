// Things of one kind, each under its brand, in their table.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { thingsIn } from "@sluice-apis/records-file";
import { assert } from "sluice/base";
import type { BrandRecord, Page, Shelf } from "../records.ts";

export class FileShelf<T extends { readonly id: string }> implements Shelf<T> {
  readonly #all: StatementSync;
  readonly #newestFirst: StatementSync;
  readonly #count: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync, table: "topic" | "campaign" | "avatar" | "opportunity") {
    const ofBrand = `${table} WHERE brand_id = ?`;
    const prepare = (sql: string) => database.prepare(sql);
    this.#all = prepare(`SELECT record FROM ${ofBrand} ORDER BY n`);
    this.#newestFirst = prepare(`SELECT record FROM ${ofBrand} ORDER BY n DESC LIMIT ? OFFSET ?`);
    this.#count = prepare(`SELECT count(*) AS count FROM ${ofBrand}`);
    this.#find = prepare(`SELECT record FROM ${ofBrand} AND id = ?`);
    this.#insert = prepare(`INSERT INTO ${table} (brand_id, id, record) VALUES (?, ?, ?)`);
    this.#replace = prepare(`UPDATE ${table} SET record = ? WHERE brand_id = ? AND id = ?`);
    this.#remove = prepare(`DELETE FROM ${ofBrand} AND id = ?`);
  }

  all({ brand }: BrandRecord): readonly T[] {
    return thingsIn<T>(this.#all.all(brand.id));
  }

  newestFirst({ brand }: BrandRecord, { limit, offset }: Page): readonly T[] {
    return thingsIn<T>(this.#newestFirst.all(brand.id, limit, offset));
  }

  count({ brand }: BrandRecord): number {
    return Number(this.#count.get(brand.id)?.["count"]);
  }

  find({ brand }: BrandRecord, id: string): T | undefined {
    return thingsIn<T>(this.#find.all(brand.id, id))[0];
  }

  insert({ brand }: BrandRecord, item: T): void {
    this.#insert.run(brand.id, item.id, JSON.stringify(item));
  }

  replace({ brand }: BrandRecord, item: T): void {
    const { changes } = this.#replace.run(JSON.stringify(item), brand.id, item.id);
    assert(changes === 1, "Only a thing that is there is replaced");
  }

  remove({ brand }: BrandRecord, id: string): boolean {
    return this.#remove.run(brand.id, id).changes === 1;
  }
}
