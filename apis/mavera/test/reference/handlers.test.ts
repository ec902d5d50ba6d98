// The handlers that Mavera's page on error handling shows.

import { describeHandlers } from "@sluice-internal/reference-checks/describe-handlers";
import { mavera } from "../../contract/index.ts";
import { startApi } from "../live-api.ts";

describeHandlers(mavera, startApi, {
  reads: "/usage",
  refused: {
    path: "/responses",
    body: { model: "gpt-4", input: "Hello" },
    code: "invalid_model",
  },
  pythonError: "MaveraError",
});
