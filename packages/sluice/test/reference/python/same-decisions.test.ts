// The Python file and the TypeScript client under the same scripts of answers: what they send and when, what they give up and
// with what, and when their breakers open and close.

import { describeSameDecisions } from "./fixtures/same-decisions.ts";

describeSameDecisions({ numRuns: 150, seed: 1 });
