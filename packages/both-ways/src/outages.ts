// Stores that can be made to fail and to come back, as their engines do.

/** What an engine's driver says; none of it may reach a caller. */
export const outageMessage = "connect ECONNREFUSED redis.internal:6379 password=hunter2";

export type StoreName = "directory" | "limits" | "ledger";

export class Outages {
  readonly #down = new Set<StoreName>();

  begin(store: StoreName): void {
    this.#down.add(store);
  }

  end(store: StoreName): void {
    this.#down.delete(store);
  }

  /** The store, save that its methods throw during an outage. */
  breakable<S extends object>(name: StoreName, store: S): S {
    return new Proxy(store, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) => {
          if (this.#down.has(name)) throw new Error(outageMessage);
          return Reflect.apply(member, target, parameters);
        };
      },
    });
  }
}
