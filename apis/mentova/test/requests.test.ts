// Requests that cannot be read or do not fit: bodies, queries, paths, methods, and bytes that are no HTTP.

import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { sendRaw } from "./raw-http.ts";
import { idOf, refusal } from "./reply.ts";

const badRequest = (error: string) => ({ status: 400, body: { error, code: "BAD_REQUEST" } });
const invalid = (error: string) => ({ status: 422, body: { error, code: "VALIDATION_ERROR" } });
const asJson = { "Content-Type": "application/json" };

describe("a body that is not JSON", () => {
  test.each([
    ["nothing", ""],
    ["cut off", '{"name":"Acme"'],
    ["with a trailing comma", '{"name":"Acme",}'],
    ["with single quotes", "{'name':'Acme'}"],
    ["followed by more", '{"name":"Acme"} {}'],
    ["nested beyond reason", "[".repeat(100_000)],
  ])("is refused: %s", async (_, body) => {
    const api = await startApi();
    const reply = await api.send("POST /brands", { body, headers: asJson });
    expect(refusal(reply)).toEqual(badRequest("Request body is not valid JSON"));
    expect(api.passedOn).toEqual([]);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "is refused for its type when it says that it is %s",
    async (type) => {
      const api = await startApi();
      const headers = { "Content-Type": type };
      const reply = await api.send("POST /brands", { body: '{"name":"Acme"}', headers });
      expect(refusal(reply)).toEqual({
        status: 415,
        body: { error: "Request body must be JSON", code: "UNSUPPORTED_MEDIA_TYPE" },
      });
    },
  );

  test("is refused when it is compressed", async () => {
    const api = await startApi();
    const headers = { ...asJson, "Content-Encoding": "gzip" };
    expect((await api.send("POST /brands", { body: "{}", headers })).status).toBe(415);
  });

  test("is refused when it is larger than 1 MiB, whether or not it says so beforehand", async () => {
    const api = await startApi();
    const tooLarge = {
      status: 413,
      body: { error: "Request body is too large", code: "PAYLOAD_TOO_LARGE" },
    };
    const json = { name: "x".repeat(1_048_577) };
    expect(refusal(await api.send("POST /brands", { json }))).toEqual(tooLarge);
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const head =
      `POST /api/v1/brands HTTP/1.1\r\nHost: x\r\nX-API-Key: ${api.keys.agency}\r\n` +
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    expect(refusal(await sendRaw(api, head + chunk.repeat(17)))).toEqual(tooLarge);
  });

  test("is read when it has exactly 1 MiB", async () => {
    const api = await startApi();
    const empty = JSON.stringify({ name: "Acme", ignored: "" });
    const json = { name: "Acme", ignored: "x".repeat(1_048_576 - empty.length) };
    expect((await api.send("POST /brands", { json })).status).toBe(201);
  });
});

describe("a body that does not fit", () => {
  test.each([
    [{}, "name is required"],
    [{ name: 1 }, "name must be a string of 1 to 100 characters"],
    [{ name: "" }, "name must be a string of 1 to 100 characters"],
    [{ name: "x".repeat(101) }, "name must be a string of 1 to 100 characters"],
    [{ name: null }, "name must be a string of 1 to 100 characters"],
    [{ name: "   " }, "name must be a non-empty string."],
    [
      { name: "Acme", domain: "x".repeat(254) },
      "domain must be a string of 1 to 253 characters, or must be null",
    ],
    [
      { name: "Acme", language: "e" },
      "language must be a string of 2 to 5 characters, or must be null",
    ],
    [
      { name: "Acme", country: "Europe" },
      "country must be a string of 2 to 5 characters, or must be null",
    ],
    [{ name: "Acme", aliases: "A" }, "aliases must be a list"],
    [{ name: "Acme", aliases: ["A", 2] }, "aliases.1 must be a string of at least 1 characters"],
    [[], "body must be an object"],
    ["Acme", "body must be an object"],
    [null, "body must be an object"],
  ])("is refused, and the field is named: %j", async (json, message) => {
    const api = await startApi();
    expect(refusal(await api.send("POST /brands", { json }))).toEqual(invalid(message));
  });

  test.each([
    ["topics", { seed: "ab" }, "seed must be a string of 3 to 200 characters"],
    ["topics", { seed: "x".repeat(201) }, "seed must be a string of 3 to 200 characters"],
    ["topics", {}, "seed is required"],
    ["campaigns", {}, "topicId is required"],
    ["campaigns", { topicId: "not an id" }, "topicId must be a string in the documented format"],
    [
      "campaigns",
      { topicId: "t", runsPerModel: 21 },
      "runsPerModel must be a whole number of 1 to 20",
    ],
    [
      "campaigns",
      { topicId: "t", runsPerModel: 1.5 },
      "runsPerModel must be a whole number of 1 to 20",
    ],
    [
      "campaigns",
      { topicId: "t", maxPrompts: 0 },
      "maxPrompts must be a whole number of at least 1",
    ],
    ["campaigns", { topicId: "t", models: [] }, "models must be a list of at least 1 items"],
    ["avatars", { sector: "retail" }, "name is required"],
  ])("is refused below a brand, too: %s %j", async (what, json, message) => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    const reply = await api.send(`POST /brands/${brandId}/${what}`, { json });
    expect(refusal(reply)).toEqual(invalid(message));
  });

  test("is told which models there are", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    const json = { topicId, models: ["GPT4O", "GPT9"] };
    const reply = await api.send(`POST /brands/${brandId}/campaigns`, { json });
    expect(refusal(reply)).toEqual(
      invalid(
        "models.1 must be one of ['GPT4O_MINI', 'CLAUDE_HAIKU', 'GEMINI_FLASH', 'LLAMA', 'DEEPSEEK', " +
          "'GPT4O', 'CLAUDE_SONNET', 'GEMINI_PRO', 'GROK_3', 'MISTRAL_LARGE', 'CLAUDE_OPUS']",
      ),
    );
  });

  test("may hold fields that nobody knows", async () => {
    const api = await startApi();
    const json = { name: "Acme", colour: "red" };
    expect((await api.send("POST /brands", { json })).status).toBe(201);
  });
});

describe("a query", () => {
  const whole = (name: string, min: number) => `${name} must be a whole number of at least ${min}`;

  test.each([
    ["campaigns?limit=abc", whole("limit", 1)],
    ["campaigns?limit=0", whole("limit", 1)],
    ["campaigns?limit=", whole("limit", 1)],
    ["campaigns?limit=1e2", whole("limit", 1)],
    ["campaigns?limit=%205", whole("limit", 1)],
    ["campaigns?limit=1&limit=2", whole("limit", 1)],
    ["campaigns?limit=1234567890123456", whole("limit", 1)],
    ["campaigns?offset=-1", whole("offset", 0)],
    ["prompts?page=0", whole("page", 1)],
    ["prompts?status=done", "status must be one of ['PENDING', 'COMPLETED']"],
    ["opportunities?status=open", "status must be one of ['TODO', 'DONE', 'DISMISSED']"],
    ["visibility?days=366", "days must be a whole number of 1 to 365"],
  ])("that cannot be is refused: %s", async (path, message) => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    const reply = await api.send(`GET /brands/${brandId}/${path}`);
    expect(refusal(reply)).toEqual(badRequest(message));
  });

  test("for more than 200 at once is cut to 200 without a word", async () => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    const reply = await api.send(`GET /brands/${brandId}/campaigns?limit=5000&offset=3&colour=red`);
    expect(reply).toMatchObject({
      status: 200,
      body: { data: [], total: 0, limit: 200, offset: 3 },
    });
  });
});

describe("a path", () => {
  test.each(["a b", "brand.1", "ä", "x".repeat(65), "a%2Fb", "'--"])(
    "with an id that cannot be one is refused: %s",
    async (id) => {
      const api = await startApi();
      const message = "brandId must be a string in the documented format";
      const path = `/brands/${encodeURI(id).replace("%252F", "%2F")}`;
      expect(refusal(await api.send(`GET ${path}`))).toEqual(badRequest(message));
    },
  );

  test("that is not percent-encoded UTF-8 is refused", async () => {
    const api = await startApi();
    const message = "brandId must be percent-encoded UTF-8";
    expect(refusal(await api.send("GET /brands/%ff"))).toEqual(badRequest(message));
  });
});

describe("a method", () => {
  test.each([
    ["PUT", "/brands", "GET, POST, HEAD"],
    ["DELETE", "/brands", "GET, POST, HEAD"],
    ["POST", "/brands/b", "GET, PATCH, DELETE, HEAD"],
    ["GET", "/brands/b/avatars/a", "PATCH, DELETE"],
    ["OPTIONS", "/brands", "GET, POST, HEAD"],
  ])("that the path lacks is refused, and Allow lists those that it has: %s %s", async (...row) => {
    const [method, path, allow] = row;
    const api = await startApi();
    const reply = await api.send(`${method} ${path}`);
    expect(refusal(reply)).toEqual({
      status: 405,
      body: { error: "Method not allowed", code: "METHOD_NOT_ALLOWED" },
    });
    expect(reply.headers.get("Allow")).toBe(allow);
  });

  test("HEAD answers like GET, without a body", async () => {
    const api = await startApi();
    const get = await api.send("GET /brands");
    const head = await api.send("HEAD /brands");
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(head.headers.get("Content-Length")).toBe(get.headers.get("Content-Length"));
  });
});

describe("bytes that are no HTTP", () => {
  const malformed = badRequest("Request is malformed");

  test.each([
    ["nonsense", "nonsense\r\n\r\n"],
    ["a broken header", "GET /api/v1/brands HTTP/1.1\r\nHost x\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n"],
  ])("get the envelope of this API, too: %s", async (_, bytes) => {
    const api = await startApi();
    const reply = await sendRaw(api, bytes);
    expect(refusal(reply)).toEqual(malformed);
    expect(reply.headers.get("Content-Length")).toBe(String(reply.text.length));
    await expectAlive(api);
  });
});

async function expectAlive(api: LiveApi): Promise<void> {
  const created = await api.send("POST /brands", { json: { name: "Still here" } });
  expect((await api.send(`GET /brands/${idOf(created)}`)).status).toBe(200);
}
