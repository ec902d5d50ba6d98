// The ids of holds that were released before they were made: the newest so many, so that a reservation
// that comes late is never made.

import type { DatabaseSync, StatementSync } from "node:sqlite";

export class Barred {
  readonly #all: StatementSync;
  readonly #add: StatementSync;
  readonly #forget: StatementSync;
  readonly #max: number;
  #ids: Set<string> | undefined;

  constructor(database: DatabaseSync, max: number) {
    this.#max = max;
    this.#all = database.prepare("SELECT id FROM barred_hold ORDER BY n");
    this.#add = database.prepare("INSERT OR IGNORE INTO barred_hold (id) VALUES (?)");
    this.#forget = database.prepare("DELETE FROM barred_hold WHERE id = ?");
  }

  has(id: string): boolean {
    return this.#known().has(id);
  }

  add(id: string): void {
    const ids = this.#known();
    this.#add.run(id);
    ids.add(id);
    for (const oldest of ids) {
      if (ids.size <= this.#max) break;
      this.#forget.run(oldest);
      ids.delete(oldest);
    }
  }

  reset(): void {
    this.#ids = undefined;
  }

  #known(): Set<string> {
    this.#ids ??= new Set(this.#all.all().map(({ id }) => String(id)));
    return this.#ids;
  }
}
