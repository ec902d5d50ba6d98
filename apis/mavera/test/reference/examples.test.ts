// Every example of Mavera's pages, carried out.

import { describeExamples } from "@sluice-internal/reference-checks/describe-examples";
import { describe } from "vitest";
import { mavera } from "../../contract/index.ts";
import { startApi } from "../live-api.ts";

describe("Mavera's pages", () => {
  describeExamples(mavera, startApi, 8);
});
