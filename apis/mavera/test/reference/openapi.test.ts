// Mavera's OpenAPI document, in the hands of others.

import { describeOpenApi } from "@sluice-internal/reference-checks/describe-openapi";
import { mavera } from "../../contract/index.ts";

const program = `
  import type { operations } from "./api.js";
  type Answers = operations["createResponse"]["responses"];
  type Body<Status extends 400 | 402> = Answers[Status]["content"]["application/json"];
  export function field({ error }: Body<400>): string | null {
    if (error.code === "invalid_model") return error.param;
    const type: "validation_error" = error.type;
    return type;
  }
  export const broke: Body<402>["error"]["code"][] = ["credits_exhausted", "budget_exceeded"];
  // @ts-expect-error: a response makes nothing that could conflict
  export const none: Answers[409]["content"]["application/json"]["error"]["code"] = "conflict";
  export const wait = (answer: Answers[429]): number => answer.headers["Retry-After"];
  export const input: operations["createResponse"]["requestBody"]["content"]["application/json"] = {
    model: "mavera-1",
    input: "Hello",
  };
`;

describeOpenApi(mavera, program);
