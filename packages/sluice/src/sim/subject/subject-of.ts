// Which API a scenario is about: one that was brought along, or the one that is built in.

import { assert } from "../../base/index.ts";
import type { AnyApi } from "../../contract/index.ts";
import { type AnyScenario, isOverContract } from "../contract-scenario.ts";
import { builtIn } from "./built-in.ts";
import { contractSubject } from "./contract-subject.ts";
import type { Subject } from "./subject.ts";

export function subjectOf(scenario: AnyScenario, api: AnyApi | undefined): Subject {
  if (isOverContract(scenario)) {
    assert(api !== undefined, () => "scenario: it says what callers use of a contract: give one");
    return contractSubject(scenario, api);
  }
  assert(api === undefined, () => "scenario: `allowed` and a contract: leave out one of them");
  return builtIn(scenario);
}
