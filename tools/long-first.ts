// The order of the test files: those that take longest first, so that none of them is still at it when all others are
// done. Vitest does so by what the last run took, which a fresh clone does not know.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { root } from "./run.ts";

/** By the processor's time that each takes, and what it waits. */
const longest: readonly string[] = [
  "packages/sluice/test/store/sqlite/conformance.test.ts",
  "demo/test/fleet/outages.test.ts",
  "demo/test/mavera-restart.test.ts",
  "packages/both-ways/test/same-bytes.test.ts",
  "packages/gateway/test/cli/operator/ends.test.ts",
  "packages/gateway/test/guide/operating.test.ts",
  "demo/test/start.test.ts",
  "packages/sluice/test/client/window-set.test.ts",
  "demo/test/fleet/start.test.ts",
  "packages/gateway/test/cli/operator/every-command.test.ts",
  "packages/sluice/test/store/sqlite/faults.test.ts",
  "examples/check-express/page.test.ts",
  "packages/sluice/test/adapter/fuzz.test.ts",
  "packages/gateway/test/cli/serve.test.ts",
  "demo/test/restart.test.ts",
  "packages/sluice/test/gate/undo.test.ts",
  "packages/sluice/test/client/pacer-model.test.ts",
  "packages/gateway/test/guide/admin-api.test.ts",
  "packages/gateway/test/guide/your-first-gate.test.ts",
  "packages/gateway/test/cli/init.test.ts",
  "demo/test/operator.test.ts",
  "packages/sluice/test/store/redis/faults.test.ts",
  "packages/sluice/test/store/postgres/request-log.test.ts",
];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((path) => !existsSync(join(root, path)));
    if (gone.length > 0) throw new Error(`tools/long-first.ts lists ${gone}: take it off the list`);
    const places = new Map(longest.map((path, place) => [join(root, path), place]));
    const placeOf = ({ moduleId }: TestSpecification) => places.get(moduleId) ?? longest.length;
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
