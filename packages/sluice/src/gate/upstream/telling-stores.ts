/**
 * The stores as an answer of the gate's own has them: what they throw is told apart from a bug in the answer. A
 * port that throws is down, and the caller should come back rather than give up.
 */
import { isPromise } from "../../base/index.ts";
import type { Stores } from "../stores.ts";

/** A store did not answer. */
export class StoreDownError extends Error {
  override readonly name = "StoreDownError";
  readonly store: string;

  constructor(store: string, cause: unknown) {
    super(`the ${store} does not answer`, { cause });
    this.store = store;
  }
}

export function tellingStores(stores: Stores): Stores {
  return {
    directory: telling("directory", stores.directory),
    limits: telling("limits", stores.limits),
    ledger: telling("ledger", stores.ledger),
    log: telling("log", stores.log),
  };
}

/** A port whose errors say that it is down: for whoever answers by a gate from stores that the gate does not have. */
export function telling<Port extends object>(name: string, port: Port): Port {
  const down = (error: unknown): never => {
    throw new StoreDownError(name, error);
  };
  return new Proxy(port, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (typeof value !== "function") return value;
      return (...told: unknown[]) => {
        try {
          const answer: unknown = Reflect.apply(value, target, told);
          return isPromise(answer) ? answer.catch(down) : answer;
        } catch (error) {
          return down(error);
        }
      };
    },
  });
}
