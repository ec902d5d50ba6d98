// The key, the request's headers and its body stay where they are: no error of any kind lets them out, by no way.

import { wire as mavera } from "@sluice-apis/mavera/contract";
import { wire as mentova } from "@sluice-apis/mentova/contract";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { ApiError } from "../../src/client/errors/api-error.ts";
import { createSecret } from "../../src/client/errors/secret.ts";
import { failureOfThrown } from "../../src/client/failure/connection-failure.ts";
import type { Failure } from "../../src/client/failure/failure.ts";
import { readEventFailure } from "../../src/client/failure/read-failure.ts";
import { refusedHere } from "../../src/client/failure/refused-here.ts";
import { type AnyWire, mintKey } from "../../src/contract/index.ts";
import { SINKS } from "./errors/sinks.ts";
import { failureOf, NOW_MS } from "./failure/answers.ts";

const HEADER = "header-canary-5f1c";
const BODY = "body-canary-77ab";
const PASSWORD = "password-canary-1d3e";

/** What a library throws that keeps the whole request on its errors. */
function talkative(key: string, message: string): Error {
  const request = {
    headers: { authorization: `Bearer ${key}`, "x-custom": HEADER },
    body: BODY,
    url: `https://user:${PASSWORD}@a.example/?api_key=${key}`,
  };
  const cause = Object.assign(new Error(message), { code: "ECONNRESET", request });
  Object.defineProperty(cause, "hidden", { value: request });
  Object.defineProperty(cause, "config", { get: () => request });
  return Object.assign(new TypeError("fetch failed", { cause }), { config: request });
}

/** Failures of every source, each with the key wherever a server can put it. */
function failuresWith(key: string, wire: AnyWire | undefined): Readonly<Record<string, Failure>> {
  const echo = {
    error: {
      message: `Incorrect API key provided: ${key}`,
      type: `type-${key}`,
      code: `code-${key}`,
      param: key,
      headers: { authorization: `Bearer ${key}` },
      password: PASSWORD,
    },
    request_id: key,
  };
  const headers = { "X-Request-Id": `req-${key}`, "Retry-After": "3" };
  const codes = Object.keys(wire?.codes ?? {});
  const body = (code: string, message: string) =>
    wire?.envelope.encode({
      code,
      message,
      status: wire.codes[code]?.status ?? 500,
      type: undefined,
      param: key,
      helpUrl: `https://a.example/?key=${key}`,
    });
  const declared = codes.map((code) => [
    `the answer ${code}`,
    failureOf(wire?.codes[code]?.status ?? 500, body(code, `No: ${key}.`), headers, wire),
  ]);
  const page = `<html><title>502 for ${key}</title><pre>Authorization: Bearer ${key}</pre></html>`;
  return {
    ...Object.fromEntries(declared),
    "an answer of somebody else": failureOf(401, echo, headers, wire),
    "an answer of numbers only": failureOf(500, { message: [key, key], code: key }, headers, wire),
    "a page": failureOf(502, page, headers, wire),
    "plain text, cut within the key": failureOf(500, `x ${key.slice(0, -9)}`, headers, wire),
    "a long body": failureOf(500, JSON.stringify({ long: "x".repeat(9_000), a: key }), {}, wire),
    "a message, cut within the key": failureOf(500, { message: "m".repeat(985) + key }, {}, wire),
    "a connection": failureOfThrown(talkative(key, `reset at https://a.example/?k=${key}`)),
    "an address": failureOfThrown(new TypeError(`Failed to parse URL from //:${key}`)),
    "a deadline": failureOfThrown(new DOMException(`late: Bearer ${key}`, "TimeoutError")),
    "a stream": readEventFailure(JSON.stringify(echo), wire, () => key),
    "a refusal of our own": refusedHere(wire, "open", 5_000),
  };
}

function errorsWith(
  key: string,
  wire: AnyWire | undefined,
): readonly (readonly [string, ApiError])[] {
  const secret = createSecret(key, wire?.key);
  return Object.entries(failuresWith(key, wire)).map(([name, failure]) => [
    name,
    new ApiError(failure, {
      nowMs: NOW_MS,
      wire,
      secret,
      operation: `call-${key}`,
      endpoint: `POST /items/${key}?key=${key}`,
      parameters: {
        text: `key=${key}`,
        authorization: `Bearer ${key}`,
        password: PASSWORD,
        [key]: 1,
        send: () => key,
      },
      attempts: 3,
      why: [`Authorization: Bearer ${key}`],
      received: `data: ${key}`,
    }),
  ]);
}

const random = seededRandom(7);
const CLIENTS: readonly (readonly [string, string, AnyWire | undefined])[] = [
  ["Mavera", mintKey(mavera.key, "live", random), mavera],
  ["Mentova", mintKey(mentova.key, "live", random), mentova],
  ["no contract", "sk-proj-Abcdef0123456789Abcdef0123456789Abcdef01", undefined],
  ["no contract and a short key", "hunter2-hunter3", undefined],
];

/** What must not arrive: the key beyond what may be shown of it, whole or not, and the rest of the request. */
function leaksIn(text: string, key: string): string[] {
  const forms = [key, encodeURIComponent(key), btoa(key), key.slice(0, 14), key.slice(-12)];
  return [...forms, HEADER, BODY, PASSWORD].filter((form) => text.includes(form));
}

describe("the way out", () => {
  const [, key = ""] = CLIENTS[0] ?? [];
  const leaky = Object.assign(new Error(`a key: ${key}`), { headers: { authorization: key } });

  it("has more than 24 doors", () => {
    expect(Object.keys(SINKS).length).toBeGreaterThan(24);
  });

  it.each(Object.entries(SINKS))("is watched: %s shows what an error holds", (_, sink) => {
    expect(leaksIn(sink(leaky), key)).toContain(key);
  });

  it("is watched also behind private fields, getters and symbols", () => {
    class Hiding extends Error {
      readonly #held = { key };
      held(): boolean {
        return this.#held.key !== "";
      }
    }
    expect(new Hiding("hidden").held()).toBe(true);
    expect(SINKS["a debugger"]?.(new Hiding("hidden"))).toContain(key);
    const hidden = new Error("hidden");
    Object.defineProperty(hidden, Symbol("held"), { get: () => ({ key }) });
    expect(SINKS["every name, symbol, getter and prototype"]?.(hidden)).toContain(key);
  });
});

describe.each(CLIENTS)("with %s", (_, key, wire) => {
  const errors = errorsWith(key, wire);

  it.each(Object.entries(SINKS))("nothing of the request gets out by %s", (_name, sink) => {
    for (const [name, error] of errors) {
      expect({ name, leaks: leaksIn(sink(error), key) }).toEqual({ name, leaks: [] });
    }
  });

  it("what may be shown of the key is shown", () => {
    for (const [, error] of errors) {
      const prefix = error.toJSON().api_key_prefix ?? "";
      expect(prefix.length).toBeLessThanOrEqual(Math.min(10, key.length / 4));
      expect(key.startsWith(prefix)).toBe(true);
    }
  });
});
