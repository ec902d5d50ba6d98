// The handlers that Mentova's page on error handling shows.

import { describeHandlers } from "@sluice-internal/reference-checks/describe-handlers";
import { mentova } from "../../contract/index.ts";
import { startApi } from "../live-api.ts";

describeHandlers(mentova, startApi, {
  reads: "/brands",
  refused: { path: "/brands", body: {}, code: "VALIDATION_ERROR" },
  pythonError: "MentovaError",
});
