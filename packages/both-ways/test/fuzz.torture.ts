// The same for long, and from another seed each time.

import { systemClock } from "sluice/base";
import { it } from "vitest";
import { useStores } from "../src/stores.ts";
import { tryAnyAnswer, tryAnyRequest } from "./fixtures/fuzzed.ts";

const open = useStores();
const seed = Number(process.env["TORTURE_SEED"] ?? systemClock.wallMs()) | 0;
const runs = { numRuns: 20_000, seed };

it("any request hears the same in both ways", async () => {
  console.log(`TORTURE_SEED=${seed}`);
  await tryAnyRequest(open, runs);
});

it("any answer of a plain API is heard the same in both ways", () => tryAnyAnswer(open, runs));
