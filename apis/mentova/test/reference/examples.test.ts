// Every example of Mentova's pages, carried out.

import { describeExamples } from "@sluice-internal/reference-checks/describe-examples";
import { describe } from "vitest";
import { mentova } from "../../contract/index.ts";
import { startApi } from "../live-api.ts";

describe("Mentova's pages", () => {
  describeExamples(mentova, startApi, 8);
});
