// Stores that keep what a run does in real time: the gates hear their answers, and the one in memory beside them, which the laws
// ask, must have answered the same.

import { type Awaitable, isPromise } from "../../base/index.ts";
import type { Directory, Ledger } from "../../gate/stores.ts";
import type { SimWorld } from "../run/sim-world.ts";

/** New and empty ones; who made them closes them. */
export interface KeptStores {
  readonly directory: Directory;
  readonly ledger: Ledger;
}

const ALIKE = "every store answers as the one in memory does";

/** Asks both for each of these methods; time stands still until the real one has answered. */
export function besides<Port extends object>(
  model: Port,
  kept: Port | undefined,
  methods: readonly (keyof Port & string)[],
  world: SimWorld,
): Port {
  if (kept === undefined) return model;
  const both: Record<string, unknown> = {};
  for (const method of methods) {
    both[method] = (...args: unknown[]) => {
      const expected = ask(model, method, args);
      const answered = Promise.resolve(ask(kept, method, args)).then((answer) => {
        if (!sameValues(answer, expected)) {
          const found = `${method}: ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`;
          world.broken(ALIKE, found);
        }
        return answer;
      });
      world.clock.standStillFor(answered);
      return answered;
    };
  }
  return new Proxy(model, {
    get(target, name) {
      const own: unknown = Reflect.get(both, name);
      if (own !== undefined) return own;
      const plain: unknown = Reflect.get(target, name);
      return typeof plain === "function" ? plain.bind(target) : plain;
    },
  });
}

/** What one of them has to say, when it is there. */
export function andNote<T>(answer: Awaitable<T>, note: (answer: T) => void): Awaitable<T> {
  const noted = (value: T) => {
    note(value);
    return value;
  };
  return isPromise(answer) ? answer.then(noted) : noted(answer);
}

function ask(port: object, method: string, args: readonly unknown[]): unknown {
  return (Reflect.get(port, method) as (...given: unknown[]) => unknown).apply(port, [...args]);
}

/** A member that is undefined says as much as one that is not there. */
function sameValues(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    if (!sameValues(Reflect.get(a, name), Reflect.get(b, name))) return false;
  }
  return true;
}
