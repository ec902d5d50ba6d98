// What runs a batch of the ledger on the database: commands that one call of the function takes go together, the
// others stand between them, all in their order.

import { done, type Outcome, refused } from "../../../base/index.ts";
import type { BatchEngine } from "../../batch/index.ts";
import { type Database, isRefusal, type Row, sqlStateOf } from "../connection/database.ts";
import { type BatchCommand, type Command, packBatch } from "./commands.ts";

export type Outcomes = readonly Outcome<Row, unknown>[];

const run = {
  name: "sluice_run",
  text: "SELECT told, remaining, charged, note FROM sluice.run_ledger($1, $2, $3)",
};
const addScopes = {
  name: "sluice_scopes",
  text:
    "INSERT INTO sluice.scope (name) SELECT unnest($1::text[]) ORDER BY 1 " +
    "ON CONFLICT DO NOTHING",
};
const jobs = {
  name: "sluice_jobs",
  text:
    "SELECT coalesce(json_agg(json_build_array(h.id, s.name, operation, key_id, amount, slots, " +
    "expires_ms::text, h.n) ORDER BY h.n), '[]')::text " +
    "FROM sluice.hold h JOIN sluice.scope s ON s.n = h.account " +
    "WHERE state = 'open' AND slots IS NOT NULL",
};
const expire = {
  name: "sluice_expire",
  text: "SELECT sluice.expire_holds($1, $2, $3, $4)",
};

/** Of one call: what a batch can be about is bounded by its commands, and by the answers that they carry. */
const commandsMax = 512;
const answerCharactersMax = 4 * 1024 * 1024;
/** A batch that met another one, and was undone, is run again so often. */
const triesMax = 4;

/** No two transactions wait for each other in a circle; but two may make one row. Both are undone then, and told so. */
const collisions: ReadonlySet<string | undefined> = new Set(["23505", "40001", "40P01"]);
const missingScope = "SL002";

export class LedgerEngine implements BatchEngine<Command, Row | readonly Row[]> {
  readonly #database: Database;
  readonly #rememberExpiredMs: number;

  constructor(database: Database, rememberExpiredMs: number) {
    this.#database = database;
    this.#rememberExpiredMs = rememberExpiredMs;
  }

  async run(batch: readonly Command[]): Promise<readonly Outcome<Row | readonly Row[], unknown>[]> {
    const outcomes: Outcome<Row | readonly Row[], unknown>[] = [];
    for (const part of partsOf(batch)) {
      // Once nobody knows how one part ended, the rest of the batch has not been sent.
      outcomes.push(...(await this.#part(part)));
    }
    return outcomes;
  }

  async #part(
    part: readonly Command[],
  ): Promise<readonly Outcome<Row | readonly Row[], unknown>[]> {
    const [first] = part;
    if (first?.kind === "jobs") return [await outcomeOf(this.#database.ask(jobs, []))];
    if (first?.kind === "expire") {
      const { nowMs, dueMs, max } = first;
      const told = [nowMs, String(dueMs), String(this.#rememberExpiredMs), max];
      return [await outcomeOf(this.#database.ask(expire, told))];
    }
    return this.#together(part as readonly BatchCommand[]);
  }

  async #together(batch: readonly BatchCommand[]): Promise<Outcomes> {
    try {
      return (await this.#call(batch)).map(done);
    } catch (error) {
      // What the server has refused is undone. One of several may have a fault that nobody foresaw: each alone.
      if (batch.length === 1 || !isRefusal(error) || isOfTheServer(error)) {
        return batch.map(() => refused(error));
      }
      const alone: Outcome<Row, unknown>[] = [];
      for (const command of batch) alone.push(...(await this.#together([command])));
      return alone;
    }
  }

  async #call(batch: readonly BatchCommand[]): Promise<readonly Row[]> {
    const { holds, scopes, commands } = packBatch(batch);
    const values = [holds, scopes, JSON.stringify(commands)];
    for (let tries = 1; ; tries++) {
      try {
        return await this.#database.ask(run, values);
      } catch (error) {
        const state = sqlStateOf(error);
        const again = collisions.has(state) || state === missingScope;
        if (!again || !isRefusal(error) || tries === triesMax) throw error;
        if (state === missingScope) await this.#database.ask(addScopes, [scopes]);
      }
    }
  }
}

/** Too many connections, no disk, no time, no right to write: no command is to blame, and one by one it is no better. */
function isOfTheServer(error: unknown): boolean {
  return /^(08|25|53|54|55|57|58|XX)/.test(sqlStateOf(error) ?? "");
}

async function outcomeOf<T>(asked: Promise<T>): Promise<Outcome<T, unknown>> {
  try {
    return done(await asked);
  } catch (error) {
    return refused(error);
  }
}

/** In the order in which they came. */
function partsOf(batch: readonly Command[]): readonly (readonly Command[])[] {
  const parts: Command[][] = [];
  let open: Command[] | undefined;
  let characters = 0;
  for (const command of batch) {
    if (command.kind === "jobs" || command.kind === "expire") {
      parts.push([command]);
      open = undefined;
      continue;
    }
    if (open === undefined || open.length === commandsMax || characters > answerCharactersMax) {
      open = [];
      parts.push(open);
      characters = 0;
    }
    open.push(command);
    characters += answerCharacters(command);
  }
  return parts;
}

function answerCharacters(command: BatchCommand): number {
  if (command.kind !== "settle" && command.kind !== "detach") return 0;
  return command.of.answer?.body.length ?? 0;
}
