import { it } from "vitest";
import { useStores } from "../src/stores.ts";
import { tryAnyAnswer, tryAnyRequest } from "./fixtures/fuzzed.ts";

const open = useStores();

it(
  "any request hears the same in both ways",
  () => tryAnyRequest(open, { numRuns: 400, seed: 9_651 }),
  60_000,
);

it(
  "any answer of a plain API is heard the same in both ways",
  () => tryAnyAnswer(open, { numRuns: 400, seed: 9_652 }),
  60_000,
);
