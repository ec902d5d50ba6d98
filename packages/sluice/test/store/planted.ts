// Stores with one bug each, and which sentences of the suite they make untrue.

import type { OperatorStores } from "../../src/gate/stores.ts";
import { storeConformance } from "../../src/store/conformance/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";

export interface Bug {
  readonly bug: string;
  /** Part of a sentence that must fail. */
  readonly finds: string;
  readonly plant: (stores: OperatorStores) => Partial<OperatorStores>;
}

/** The sentences that such stores fail. */
export async function failures(plant: Bug["plant"]): Promise<string[]> {
  const cases: { readonly sentence: string; readonly body: () => Promise<void> }[] = [];
  const suite = {
    describe: (_: string, body: () => void) => body(),
    it: (sentence: string, body: () => Promise<void>) => cases.push({ sentence, body }),
  };
  const make = () => {
    const stores = createMemoryStores();
    return { stores: { ...stores, ...plant(stores) }, close() {} };
  };
  storeConformance(suite, make, { traces: 100 });
  const failed: string[] = [];
  for (const { sentence, body } of cases) {
    try {
      await body();
    } catch {
      failed.push(sentence);
    }
  }
  return failed;
}

/** The same but for some methods. */
export function but<Port extends object>(port: Port, changes: Partial<Port>): Port {
  return new Proxy(port, {
    get(target, name) {
      const own: unknown = Reflect.get(changes, name) ?? Reflect.get(target, name);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}
