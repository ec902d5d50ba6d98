// A database in which one statement fails, the n-th that is run: before it has done anything, or after.

import { DatabaseSync, type StatementSync } from "node:sqlite";

export interface Fault {
  /** `disk`: as SQLite reports a disk that fails. `bug`: something that nobody foresaw. */
  readonly kind: "disk" | "bug";
  readonly moment: "before" | "after";
}

export class FaultyDatabase {
  readonly database: DatabaseSync;
  #left = Number.POSITIVE_INFINITY;
  #fault: Fault = { kind: "disk", moment: "before" };
  /** The statement that failed. */
  struck: string | undefined;

  constructor(file: string) {
    const real = new DatabaseSync(file);
    this.database = boundProxy(real, {
      prepare: (sql: string) => this.#statement(real.prepare(sql), sql),
    });
  }

  /** The n-th statement from now on fails, counted from 0. */
  plan(n: number, fault: Fault): void {
    this.#left = n;
    this.#fault = fault;
    this.struck = undefined;
  }

  #statement(real: StatementSync, sql: string): StatementSync {
    const faulty =
      (name: "run" | "get" | "all") =>
      (...told: Parameters<StatementSync["run"]>) => {
        const strikes = this.#left-- === 0;
        if (strikes && this.#fault.moment === "before") this.#strike(sql);
        const value = real[name](...told);
        if (strikes) this.#strike(sql);
        return value;
      };
    return boundProxy(real, { run: faulty("run"), get: faulty("get"), all: faulty("all") });
  }

  #strike(sql: string): never {
    this.struck = sql;
    const error = new Error(`${this.#fault.kind}: ${this.#fault.moment} ${sql}`);
    throw this.#fault.kind === "disk" ? Object.assign(error, { errcode: 10 }) : error;
  }
}

/** Native objects know their own `this` only. */
function boundProxy<T extends object>(real: T, changes: object): T {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(changes, name) ?? Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
