// The same for many more scripts than a change can wait for.

import { beforeAll } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import { describeSameDecisions } from "./fixtures/same-decisions.ts";

const seed = Number(process.env["TORTURE_SEED"] ?? systemClock.wallMs()) | 0;
beforeAll(() => console.log(`TORTURE_SEED=${seed}`));

describeSameDecisions({ numRuns: 2_000, seed });
