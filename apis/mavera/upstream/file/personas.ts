// The personas of everybody and of every account, in their table.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { thingsIn } from "@sluice-apis/records-file";
import { foldText } from "../folding.ts";
import type { AfterPage, Persona, PersonaFilter, Personas } from "../records.ts";

export class FilePersonas implements Personas {
  readonly #page: StatementSync;
  readonly #place: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync) {
    const visible = "persona WHERE (account_id IS NULL OR account_id = ?)";
    const prepare = (sql: string) => database.prepare(sql);
    this.#page = prepare(
      `SELECT record FROM ${visible} AND n > ? AND category IS coalesce(?, category)
       AND instr(folded_name, ?) ORDER BY n LIMIT ?`,
    );
    this.#place = prepare(`SELECT n FROM ${visible} AND id = ?`);
    this.#find = prepare(`SELECT record FROM ${visible} AND id = ?`);
    this.#insert = prepare(
      "INSERT INTO persona (account_id, id, category, folded_name, record) VALUES (?, ?, ?, ?, ?)",
    );
  }

  page(
    { accountId, category, search = "" }: PersonaFilter,
    { limit, after }: AfterPage,
  ): readonly Persona[] | undefined {
    const place = after === undefined ? { n: 0 } : this.#place.get(accountId, after);
    if (place === undefined) return undefined;
    const rows = this.#page.all(
      accountId,
      Number(place["n"]),
      category ?? null,
      foldText(search),
      limit,
    );
    return thingsIn<Persona>(rows);
  }

  find(accountId: string, id: string): Persona | undefined {
    return thingsIn<Persona>(this.#find.all(accountId, id))[0];
  }

  insertBase(persona: Persona): void {
    this.#put(null, persona);
  }

  insert(accountId: string, persona: Persona): void {
    this.#put(accountId, persona);
  }

  #put(owner: string | null, persona: Persona): void {
    const { id, category, name } = persona;
    this.#insert.run(owner, id, category, foldText(name), JSON.stringify(persona));
  }
}
