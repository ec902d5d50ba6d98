// The admin API is documented by our own reference: its pages, and its OpenAPI document in the hands of others.

import { describeOpenApi } from "@sluice-internal/reference-checks/describe-openapi";
import { brokenLinks, pagesOf } from "sluice/reference";
import { describe, expect, it } from "vitest";
import { admin } from "../../src/admin/contract/index.ts";

const pages = new Map(pagesOf(admin).map((page) => [page.path, page]));

describe("the pages of the admin API", () => {
  it("are one a code and one an operation, and every link leads somewhere", () => {
    const under = (folder: string) =>
      [...pages.keys()]
        .filter((path) => path.startsWith(folder))
        .map((path) => path.slice(folder.length));
    expect(under("errors/")).toEqual(Object.keys(admin.wire.codes));
    expect(under("operations/").toSorted()).toEqual(Object.keys(admin.wire.operations).toSorted());
    expect(brokenLinks([...pages.values()])).toEqual([]);
  });

  it("show patterns as they are, dollars and all", () => {
    const { markdown = "" } = { ...pages.get("operations/createKey") };
    expect(markdown).toContain(
      "| `accountId` | a string of the form `^[^\\0]*$` of 1 to 300 characters | yes |",
    );
  });

  it("say where it listens", () => {
    const { markdown = "" } = { ...pages.get("operations/createKey") };
    expect(markdown).toContain("curl -i http://127.0.0.1:8788/admin/v1/accounts/");
  });
});

const program = `
  import type { operations } from "./api.js";
  type Answers = operations["explainRequest"]["responses"];
  export const told = (answer: Answers[200]): string[] =>
    answer.content["application/json"].sentences;
  export const codes: Record<Answers[404]["content"]["application/problem+json"]["code"], string> = {
    not_found: "",
  };
`;

describe("the OpenAPI document of the admin API", () => {
  describeOpenApi(admin, program, [
    ...["budget_exceeded", "conflict", "credits_exhausted", "plan_limit_reached", "plan_required"],
  ]);
});
