// The errors that the OpenAI SDK makes of Mavera's refusals: its own classes, with our code, type and param.

import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "openai";
import { describe, expect, test } from "vitest";
import { type MaveraCode, wire } from "../contract/index.ts";
import { hello, startApi } from "./live-api.ts";
import { clientOf, shownBy, thrownBy } from "./openai-client.ts";
import type { KeyName } from "./people.ts";

const classOf: Readonly<Record<number, unknown>> = {
  400: BadRequestError,
  401: AuthenticationError,
  402: APIError,
  403: PermissionDeniedError,
  404: NotFoundError,
  405: APIError,
  408: APIError,
  409: ConflictError,
  413: APIError,
  415: APIError,
  422: UnprocessableEntityError,
  429: RateLimitError,
  431: APIError,
  500: InternalServerError,
  503: InternalServerError,
};

const ask = { model: "mavera-1", input: "Hello" };

describe("a key that cannot be used", () => {
  test.each<[KeyName | "nonsense", MaveraCode]>([
    ["nonsense", "invalid_api_key"],
    ["revoked", "revoked_api_key"],
    ["expired", "expired_api_key"],
  ])("is an AuthenticationError: %s", async (name, code) => {
    const api = await startApi();
    const key = name === "nonsense" ? name : api.keys[name];
    const error = await thrownBy(() => clientOf(api, { key }).responses.create(ask));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(shownBy(error)).toEqual({
      status: 401,
      type: "authentication_error",
      code,
      param: null,
      message: `401 ${wire.codes[code].message}`,
    });
  });
});

describe("an account that cannot pay", () => {
  test.each<[KeyName, string]>([
    ["exhausted", "credits_exhausted"],
    ["lapsed", "credits_exhausted"],
    ["overBudget", "budget_exceeded"],
  ])("is an APIError of 402, and is not asked again: %s", async (name, code) => {
    const api = await startApi();
    const client = clientOf(api, { key: api.keys[name], maxRetries: 5 });
    const error = await thrownBy(() => client.responses.create(ask));
    expect(error.constructor).toBe(APIError);
    expect(error).toMatchObject({ status: 402, type: "insufficient_credits", code, param: null });
    expect(api.stores.log.find({ limit: 10 })).toHaveLength(1);
  });
});

describe("an input that is not taken", () => {
  test.each<[object, string, string]>([
    [{ ...ask, model: "gpt-4" }, "invalid_model", "model"],
    [{ model: "mavera-1" }, "missing_field", "input"],
    [{ ...ask, input: "x".repeat(100_001) }, "invalid_field", "input"],
    [{ ...ask, input: [{ role: "boss", content: "Hello" }] }, "invalid_field", "input.0.role"],
    [{ ...ask, persona_id: "nobody" }, "invalid_persona", "persona_id"],
  ])("is a BadRequestError that names the field: %#", async (json, code, param) => {
    const api = await startApi();
    const error = await thrownBy(() => clientOf(api).post("/responses", { body: json }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, type: "validation_error", code, param });
  });
});

test("a key that may only read is told so by a PermissionDeniedError", async () => {
  const api = await startApi();
  const client = clientOf(api, { key: api.keys.viewer });
  const error = await thrownBy(() => client.responses.create(ask));
  expect(error).toBeInstanceOf(PermissionDeniedError);
  expect(error).toMatchObject({ type: "permission_error", code: "forbidden", param: null });
});

test("what is not there is a NotFoundError", async () => {
  const api = await startApi();
  const client = clientOf(api);
  for (const path of ["/personas/nobody", "/models", "/mave/threads/none"]) {
    const error = await thrownBy(() => client.get(path));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ type: "not_found_error", code: "resource_not_found" });
  }
  const json = { ...ask, workspace_id: "ws_foreign" };
  const error = await thrownBy(() => client.post("/responses", { body: json }));
  expect(error).toMatchObject({ code: "resource_not_found", param: "workspace_id" });
});

test("too many requests are a RateLimitError that says how long to wait", async () => {
  const api = await startApi();
  for (let n = 0; n < 60; n++) await api.send("GET /usage");
  const error = await thrownBy(() => clientOf(api).responses.create(ask));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(shownBy(error)).toEqual({
    status: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    param: null,
    message: "429 Rate limit exceeded. Please retry after 60 seconds.",
  });
  expect(error.headers?.get("Retry-After")).toBe("60");
});

test("a failure of ours is an InternalServerError, of which nothing shows", async () => {
  const api = await startApi({
    wrap: () => () => {
      throw new Error("hunter2");
    },
  });
  const error = await thrownBy(() => clientOf(api).responses.create(ask));
  expect(error).toBeInstanceOf(InternalServerError);
  expect(shownBy(error)).toEqual({
    status: 500,
    type: "server_error",
    code: "internal_error",
    param: null,
    message: "500 Something went wrong on our side. Please try again.",
  });
});

describe("every code of the catalogue", () => {
  const codes = Object.keys(wire.codes) as MaveraCode[];

  test.each(codes)("arrives in the SDK as it left: %s", async (code) => {
    const api = await startApi();
    const headers = { "Sluice-Simulate": code };
    const how = { key: api.keys.test, json: hello, headers };
    const { body } = await api.send("POST /responses", how);
    const client = clientOf(api, { key: api.keys.test, headers });
    const error = await thrownBy(() => client.responses.create(ask));
    const { status, type } = wire.codes[code];
    expect(error.constructor).toBe(classOf[status]);
    expect(error.error).toEqual(body.error);
    expect(error).toMatchObject({ status, type, code });
    expect(error.requestID).toBe(api.stores.log.find({ limit: 1 })[0]?.requestId);
  });
});
