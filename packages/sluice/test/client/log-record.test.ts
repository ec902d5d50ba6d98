// The structured log record: the fields that support asks for, bounded, without secrets, the same for every logger.

import { Console } from "node:console";
import { Writable } from "node:stream";
import { wire as mavera } from "@sluice-apis/mavera/contract";
import { describe, expect, it } from "vitest";
import { ApiError, type ErrorFacts } from "../../src/client/errors/api-error.ts";
import { createSecret } from "../../src/client/errors/secret.ts";
import { failureOf, NOW_MS } from "./failure/answers.ts";

const KEY = `mvra_live_${"k".repeat(32)}`;
const BODY = {
  error: {
    message: "Invalid value for 'model': must be one of ['mavera-1'].",
    type: "validation_error",
    code: "invalid_model",
    param: "model",
  },
};

function recordOf(body: unknown = BODY, facts: Partial<ErrorFacts> = {}) {
  return new ApiError(failureOf(400, body, { "X-Request-Id": "req_1" }, mavera), {
    nowMs: NOW_MS,
    wire: mavera,
    secret: createSecret(KEY, mavera.key),
    endpoint: "POST /responses",
    parameters: { model: "gpt-4", input: "Hello" },
    ...facts,
  });
}

const expected = {
  code: "invalid_model",
  message: BODY.error.message,
  param: "model",
  type: "validation_error",
  status: 400,
  endpoint: "POST /responses",
  parameters: { model: "gpt-4", input: "Hello" },
  response: BODY,
  timestamp: "2026-07-01T12:00:00.000Z",
  request_id: "req_1",
  api_key_prefix: "mvra_live_",
};

describe("the log record", () => {
  it("has the fields that support asks for", () => {
    expect(recordOf().toJSON()).toEqual(expected);
    expect(JSON.parse(JSON.stringify(recordOf()))).toEqual(expected);
  });

  it("says null for what nobody knows", () => {
    const bare = new ApiError(failureOf(500), { nowMs: NOW_MS }).toJSON();
    expect(bare).toEqual({
      code: "internal_error",
      message: "POST was answered with 500.",
      param: null,
      type: null,
      status: 500,
      endpoint: null,
      parameters: null,
      response: null,
      timestamp: expected.timestamp,
      request_id: null,
      api_key_prefix: null,
    });
  });

  it("is the same for a logger that serializes errors and for a console that prints JSON", () => {
    const error = recordOf();
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    new Console(stream).log("%j", error);
    // As pino applies the serializer of the member `err` and stringifies what it gives.
    const serialize = (value: { toJSON?: () => unknown }) => value.toJSON?.() ?? value;
    lines.push(`${JSON.stringify({ level: 50, err: serialize(error) })}\n`);
    const [printed = "", logged = ""] = lines;
    expect(JSON.parse(printed)).toEqual(expected);
    expect(JSON.parse(logged)).toEqual({ level: 50, err: expected });
  });

  it("is to be had through a proxy, as some frameworks wrap what they hold", () => {
    expect(JSON.parse(JSON.stringify(new Proxy(recordOf(), {})))).toEqual(expected);
  });

  it("does not change afterwards, whatever happens to the parameters", () => {
    const parameters = { list: [1] };
    const error = recordOf(BODY, { parameters });
    parameters.list.push(2);
    expect(error.toJSON().parameters).toEqual({ list: [1] });
    expect(Object.isFrozen(error.toJSON())).toBe(true);
  });

  it("has no query, where things stand that nobody should log", () => {
    const { endpoint } = recordOf(BODY, { endpoint: `GET /items?q=secret&key=${KEY}` }).toJSON();
    expect(endpoint).toBe("GET /items");
  });
});

describe("parameters and bodies in it", () => {
  const shown = (parameters: unknown) => recordOf(BODY, { parameters }).toJSON().parameters;

  it("have no secrets, by name or by look", () => {
    expect(
      shown({
        password: "p",
        nested: { accessToken: "t", client_secret: ["s"], "x-api-key": "k" },
        Authorization: `Bearer ${KEY}`,
        text: `my key is ${KEY}`,
        max_tokens: 4_000,
        author: "Me",
      }),
    ).toEqual({
      password: "[redacted]",
      nested: {
        accessToken: "[redacted]",
        client_secret: "[redacted]",
        "x-api-key": "[redacted]",
      },
      Authorization: "[redacted]",
      text: "my key is mvra_live_...",
      max_tokens: 4_000,
      author: "Me",
    });
    const response = { error: { ...BODY.error, token: "t", hint: `try ${KEY}` } };
    expect(recordOf(response).toJSON().response).toEqual({
      error: { ...BODY.error, token: "[redacted]", hint: "try mvra_live_..." },
    });
  });

  it("are cut to four thousand characters, and tell no more by that", () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      i,
      text: "x".repeat(5_000),
      secret: "s",
    }));
    const cut = shown(many);
    expect(typeof cut).toBe("string");
    expect(String(cut)).toHaveLength(4_096);
    const { response } = recordOf(
      JSON.stringify({ message: "m", token: "tok_123456", many }),
    ).toJSON();
    expect(JSON.stringify(response).length).toBeLessThan(12_000);
    expect(JSON.stringify(response)).not.toContain("tok_123456");
  });

  it("are cut where they are deep", () => {
    let deep: unknown = "bottom";
    for (let i = 0; i < 1_000; i++) deep = { deep };
    expect(JSON.stringify(shown(deep))).not.toContain("bottom");
    expect(JSON.stringify(shown(deep)).length).toBeLessThan(100);
  });

  it("may be anything at all", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const trap = {
      get boom(): string {
        throw new Error(KEY);
      },
    };
    expect(JSON.stringify(shown(circle)).length).toBeLessThan(200);
    expect(shown(trap)).toBe("[unreadable]");
    expect(shown(12n)).toBe("12");
    expect(
      shown({ at: new Date(NOW_MS), bytes: new Uint8Array(9), map: new Map([[KEY, 1]]) }),
    ).toEqual({
      at: expected.timestamp,
      bytes: "[object Uint8Array]",
      map: "[object Map]",
    });
    expect(shown(undefined)).toBeNull();
    expect(shown({ call: () => KEY, [KEY]: 1 })).toEqual({ "mvra_live_...": 1 });
    expect(
      shown(
        new (class Config {
          key = KEY;
        })(),
      ),
    ).toBe("[object Object]");
  });

  it("may be no JSON", () => {
    expect(recordOf("<html><title>Bad gateway</title></html>").toJSON().response).toBe(
      "<html><title>Bad gateway</title></html>",
    );
    expect(recordOf(`plain ${KEY}`).toJSON().response).toBe("plain mvra_live_...");
  });
});
