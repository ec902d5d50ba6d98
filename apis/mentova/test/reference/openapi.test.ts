// Mentova's OpenAPI document, in the hands of others.

import { describeOpenApi } from "@sluice-internal/reference-checks/describe-openapi";
import { mentova } from "../../contract/index.ts";

const program = `
  import type { operations } from "./api.js";
  type Answers = operations["launchCampaign"]["responses"];
  type Codes = Answers[422]["content"]["application/json"]["code"];
  export const codes: Record<Codes, string> = {
    VALIDATION_ERROR: "",
    LIMIT_REACHED: "",
    QUOTA_EXCEEDED: "",
    IDEMPOTENCY_KEY_REUSED: "",
  };
  export const wait = (answer: Answers[429]): number => answer.headers["Retry-After"];
  // @ts-expect-error: only what makes something is answered with 201
  export const made: operations["listBrands"]["responses"][201] = undefined;
`;

describeOpenApi(mentova, program);
