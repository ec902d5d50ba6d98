// One database behind a pool: statements that are prepared, transactions, and connections that are thrown away
// once nobody knows how they stand.

import type { Clock } from "../../../base/index.ts";
import type { DriverQuery, PostgresClient, PostgresPool } from "./driver.ts";

/** A row as the server wrote it: text or null, column by column. */
export type Row = readonly (string | null)[];

/** A statement that is prepared once on each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Ask = (statement: Statement | string, values?: unknown[]) => Promise<readonly Row[]>;

export interface DatabaseOptions {
  readonly pool: PostgresPool;
  /** The server ends a statement that takes longer. */
  readonly statementMs: number;
  readonly clock: Clock;
}

/** The server does not answer: whether it has done what it was asked is unknown. */
export class DatabaseSilentError extends Error {
  override readonly name: string = "DatabaseSilentError";
}

/** Beyond the time of a statement, for its way there and back. */
const wayMs = 1_000;

/** What the server said no to is undone; after anything else nobody knows what was done. */
export class Database {
  readonly #pool: PostgresPool;
  readonly #settings: string;
  readonly #clock: Clock;
  readonly #silentMs: number;
  /** Connections that have their settings. */
  readonly #ready = new WeakSet<PostgresClient>();

  constructor({ pool, statementMs, clock }: DatabaseOptions) {
    this.#pool = pool;
    this.#clock = clock;
    this.#silentMs = statementMs + wayMs;
    // Somebody else's transaction that hangs must not hang us longer than a statement of our own.
    this.#settings =
      `SET statement_timeout = ${statementMs}; SET lock_timeout = ${statementMs}; ` +
      `SET idle_in_transaction_session_timeout = ${statementMs}; SET client_min_messages = warning`;
    // A connection that dies while it is idle is nobody's error: the next one is a new one.
    pool.on("error", () => undefined);
  }

  /** One statement, which is a transaction of its own. */
  readonly ask: Ask = (statement, values) =>
    this.withClient((client) => askOn(client, statement, values));

  /** Several statements on one connection, all or none. */
  transaction<T>(
    body: (ask: Ask, client: PostgresClient) => Promise<T>,
    begin = "BEGIN",
    mostMs?: number,
  ): Promise<T> {
    return this.withClient(async (client) => {
      const ask: Ask = (statement, values) => askOn(client, statement, values);
      await ask(begin);
      try {
        const value = await body(ask, client);
        await ask("COMMIT");
        return value;
      } catch (error) {
        await ask("ROLLBACK").catch(() => undefined);
        throw error;
      }
    }, mostMs);
  }

  /** A connection of the pool for a while; one that does not answer in time is closed. */
  async withClient<T>(
    body: (client: PostgresClient) => Promise<T>,
    mostMs: number = this.#silentMs,
  ): Promise<T> {
    const { promise: silence, reject } = Promise.withResolvers<never>();
    let giveUp = () => {};
    const cancel = this.#clock.after(mostMs, () => {
      giveUp();
      reject(new DatabaseSilentError(`The database has not answered for ${mostMs} ms`));
    });
    const work = async () => {
      let isOver = false;
      giveUp = () => {
        isOver = true;
      };
      const client = await this.#pool.connect();
      if (isOver) {
        client.release();
        throw new Error("nobody waits for this connection any more");
      }
      let isHeld = true;
      const giveBack = (isBad: boolean) => {
        if (isHeld) client.release(isBad);
        isHeld = false;
      };
      giveUp = () => giveBack(true);
      try {
        await this.#prepare(client);
        const value = await body(client);
        giveBack(false);
        return value;
      } catch (error) {
        giveBack(!isRefusal(error));
        throw error;
      }
    };
    const working = work();
    working.catch(() => undefined);
    return await Promise.race([working, silence]).finally(cancel);
  }

  async #prepare(client: PostgresClient): Promise<void> {
    if (this.#ready.has(client)) return;
    // Whoever uses the connection hears of its death by his statement; unheard, it would end the process.
    client.on("error", () => undefined);
    await askOn(client, this.#settings);
    this.#ready.add(client);
  }
}

/** Whether the server itself has said no and goes on: then what it was asked is undone. */
export function isRefusal(error: unknown): boolean {
  return severityOf(error) === "ERROR" && sqlStateOf(error) !== undefined;
}

/** The server's code for what went wrong, of five characters. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && code.length === 5 ? code : undefined;
}

function severityOf(error: unknown): unknown {
  return ((error ?? {}) as { readonly severity?: unknown }).severity;
}

/** Whatever parsers the user has set for his own queries, these rows come as the server wrote them. */
const asText = { getTypeParser: () => (text: string) => text };

async function askOn(
  client: PostgresClient,
  statement: Statement | string,
  values?: unknown[],
): Promise<readonly Row[]> {
  const named = typeof statement === "string" ? { text: statement } : statement;
  const query: DriverQuery = {
    ...named,
    ...(values !== undefined && { values }),
    rowMode: "array",
    types: asText,
  };
  const { rows } = await client.query(query);
  return rows as Row[];
}
