// How the failures of the plain API behind the gate become this API's errors.

import { describe, expect, test } from "vitest";
import { refusal, startSession } from "./session.ts";

const request = { json: { model: "mavera-1", input: "Hello" } };

async function failWith(status: number, failure: unknown) {
  const session = await startSession(() => Response.json({ failure }, { status }));
  return refusal(await session.send("POST /responses", request));
}

describe("a failure of the plain API", () => {
  test("that something is absent says no more than that", async () => {
    const detail = "thread belongs to acct_2";
    expect(await failWith(404, { kind: "absent", detail, field: "thread_id" })).toEqual({
      status: 404,
      type: "not_found_error",
      code: "resource_not_found",
      message: "Resource not found.",
      param: "thread_id",
    });
  });

  test("that a persona is unknown names the field", async () => {
    const failure = { kind: "unknown_persona", detail: "no such row", field: "persona_id" };
    expect(await failWith(422, failure)).toEqual({
      status: 400,
      type: "validation_error",
      code: "invalid_persona",
      message: "There is no persona with this ID. List the personas to get valid IDs.",
      param: "persona_id",
    });
  });

  test("that a value is unacceptable, in its own words", async () => {
    const detail = "The thread has as many messages as it can hold.";
    expect(await failWith(422, { kind: "unacceptable", detail, field: "thread_id" })).toEqual({
      status: 400,
      type: "validation_error",
      code: "invalid_field",
      message: detail,
      param: "thread_id",
    });
  });

  test("that there is a conflict, in its own words", async () => {
    const detail = "A persona with this name exists already.";
    expect(await failWith(409, { kind: "conflict", detail })).toEqual({
      status: 409,
      type: "invalid_request_error",
      code: "conflict",
      message: detail,
      param: null,
    });
  });

  test.each([400, 418, 422, 500])(
    "of another kind is ours, and nothing of it is shown: %i",
    async (status) => {
      expect(await failWith(status, { kind: "surprise", detail: "at line 7" })).toEqual({
        status: 500,
        type: "server_error",
        code: "internal_error",
        message: "Something went wrong on our side. Please try again.",
        param: null,
      });
    },
  );
});
