// What the gate promises, asked of each adapter over a real socket, with everything in memory.

import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { describe } from "vitest";
import { adapters } from "./adapters.ts";
import { describeDepartures, describeStreams } from "./describe-departures.ts";
import { describePromises } from "./describe-promises.ts";
import { describeAnswers, describeRoutes } from "./describe-routes.ts";

const open = startStores();

describe.each(adapters)("the adapter $name", (adapter) => {
  describePromises(adapter, open, "memory");
  describeStreams(adapter, open, "memory");
  describeDepartures(adapter, open, "memory");
  describeRoutes(adapter, open);
  describeAnswers(adapter, open);
});
