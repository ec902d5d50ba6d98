// A worker thread as seen from the main one: messages in order, one answer each, and a death that
// everybody hears of who waits.

import { Worker } from "node:worker_threads";
import { assert } from "../../../base/index.ts";

/** The store is gone: what was under way may or may not have been done. A restart opens it again. */
export class StoreDownError extends Error {
  override readonly name: string = "StoreDownError";
}

/** A worker's methods, each of which becomes a message. */
type Desk<Methods> = {
  readonly [Name in keyof Methods]: (...told: never[]) => unknown;
};

type Told<Method> = Method extends (...told: infer Arguments) => unknown ? Arguments : never;
type Answered<Method> = Method extends (...told: never[]) => infer Value ? Value : never;

interface Waiter {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker. It keeps the process alive only while somebody waits for it. */
export class Thread<Methods extends Desk<Methods>> {
  readonly #worker: Worker;
  readonly #waiters: Waiter[] = [];
  #down: StoreDownError | undefined;
  #closed: Promise<void> | undefined;

  private constructor(url: URL, settings: object) {
    this.#worker = new Worker(url, { workerData: settings });
    this.#worker.on("message", ([ok, value]: readonly [boolean, unknown]) => {
      const waiter = this.#waiters.shift();
      if (this.#waiters.length === 0) this.#worker.unref();
      if (ok) waiter?.resolve(value as never);
      else waiter?.reject(value);
    });
    this.#worker.on("messageerror", (error) => this.#die(error));
    this.#worker.on("error", (error) => this.#die(error));
    this.#worker.on("exit", (code) => this.#die(new Error(`it ended with code ${code}`)));
  }

  /** Resolves once the worker is ready; rejects with the reason when it cannot be. */
  static async start<Methods extends Desk<Methods>>(
    url: URL,
    settings: object,
  ): Promise<Thread<Methods>> {
    const thread = new Thread<Methods>(url, settings);
    try {
      await thread.#wait();
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
    return thread;
  }

  /** Why it is gone; undefined while it works. */
  get down(): StoreDownError | undefined {
    return this.#down;
  }

  /** How many messages have no answer yet. */
  get waiting(): number {
    return this.#waiters.length;
  }

  /** Messages are done one after the other, in their order. */
  ask<Name extends keyof Methods & string>(
    name: Name,
    ...told: Told<Methods[Name]>
  ): Promise<Answered<Methods[Name]>> {
    if (this.#down !== undefined) return Promise.reject(this.#down);
    try {
      this.#worker.postMessage([name, ...told]);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#wait();
  }

  /** Lets the worker do what it was told, and ends it. Again, or after its death, it does nothing. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  /** Ends it at once, whatever it does. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  async #end(): Promise<void> {
    if (this.#down !== undefined) return;
    this.#worker.postMessage(["close"]);
    await this.#wait().finally(() => this.#worker.terminate());
  }

  #wait<Value>(): Promise<Value> {
    assert(this.#down === undefined, "nobody waits for a dead thread");
    if (this.#waiters.length === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  #die(cause: unknown): void {
    if (this.#down !== undefined) return;
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The store's thread is gone (${why}): restart the process to open it again`;
    this.#down = new StoreDownError(message, { cause });
    for (const { reject } of this.#waiters.splice(0)) reject(this.#down);
  }
}
