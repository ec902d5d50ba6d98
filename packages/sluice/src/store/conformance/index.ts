// The suite that every store must pass: what the ports promise, each promise a sentence, and random
// traces against models that are simple enough to be read as the specification.

import type { OperatorStores } from "../../gate/stores.ts";
import { directoryConformance } from "./directory.ts";
import { ledgerConformance } from "./ledger.ts";
import { limitsConformance } from "./limits.ts";
import { noticesConformance } from "./notices.ts";
import { requestLogConformance } from "./request-log.ts";
import type { ConformanceOptions, Make, Suite } from "./suite.ts";

export { ConformanceError } from "./check.ts";
export type { ConformanceOptions, Make, Suite } from "./suite.ts";
export {
  directoryConformance,
  ledgerConformance,
  limitsConformance,
  noticesConformance,
  requestLogConformance,
};

/**
 * Says what a store must do, to any test runner; each sentence gets new and empty stores.
 * @example storeConformance({ describe, it }, () => ({ stores: createMyStores(), close() {} }));
 */
export function storeConformance(
  suite: Suite,
  make: Make<OperatorStores>,
  options: ConformanceOptions = {},
): void {
  limitsConformance(suite, make, options);
  ledgerConformance(suite, make, options);
  directoryConformance(suite, make);
  requestLogConformance(suite, make);
  noticesConformance(suite, make);
}
