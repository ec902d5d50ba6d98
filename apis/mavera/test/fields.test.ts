// Input that is not what an operation takes: the code, the field at fault by its dotted name, and no charge.

import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { refusal } from "./reply.ts";

const said = (text: string) => ({ role: "user", content: text });
const chat = { model: "mavera-1", messages: [said("Hello")] };
const tooLong = "x".repeat(100_001);

/** What is said of it, and by which status: 400 with the type of the documents, whatever it is. */
async function complaint(api: LiveApi, what: string, json?: object) {
  const reply = await api.send(what, json === undefined ? {} : { json });
  const { status, type, code, param, message } = refusal(reply) as {
    status: number;
    type: string;
    code: string;
    param: string;
    message: string;
  };
  expect([status, type]).toEqual([400, "validation_error"]);
  return [code, param, message];
}

describe("a model", () => {
  test.each([
    ["POST /responses", { ...hello, model: "gpt-4" }],
    ["POST /chat/completions", { ...chat, model: "gpt-4" }],
    ["POST /responses", { ...hello, model: null }],
    ["POST /responses", { ...hello, model: 1 }],
  ])("other than Mavera's is invalid: %s %j", async (what, json) => {
    expect(await complaint(await startApi(), what, json)).toEqual([
      "invalid_model",
      "model",
      "Invalid value for 'model': must be one of ['mavera-1'].",
    ]);
  });

  test("that is not named is missing", async () => {
    const expected = ["missing_field", "model", "Missing required field 'model'."];
    expect(await complaint(await startApi(), "POST /responses", { input: "Hello" })).toEqual(
      expected,
    );
  });
});

describe("a required field", () => {
  test.each<[string, object, string]>([
    ["POST /responses", { model: "mavera-1" }, "input"],
    ["POST /chat/completions", { model: "mavera-1" }, "messages"],
    [
      "POST /chat/completions",
      { ...chat, messages: [said("a"), { role: "user" }] },
      "messages.1.content",
    ],
    ["POST /mave/chat", {}, "message"],
    ["POST /personas", { name: "Ann" }, "pipeline_type"],
    ["POST /focus-groups", {}, "questions"],
    ["POST /video-analyses", { ...video, goal: undefined }, "goal"],
    ["POST /workspaces", {}, "name"],
    ["POST /projects", { name: "Spring" }, "workspace_id"],
  ])("that is left out is named: %s %j", async (what, json, param) => {
    const expected = ["missing_field", param, `Missing required field '${param}'.`];
    expect(await complaint(await startApi(), what, json)).toEqual(expected);
  });
});

describe("a field", () => {
  test.each<[string, object, string, string]>([
    ["POST /responses", { ...hello, delay: -1 }, "delay", "a whole number of 0 to 600000"],
    ["POST /responses", { ...hello, instructions: tooLong }, "instructions", "of at most 100000"],
    [
      "POST /responses",
      { ...hello, input: [said(tooLong)] },
      "input.0.content",
      "100000 characters",
    ],
    ["POST /responses", { ...hello, input: [{ role: "boss" }] }, "input.0.role", "'user'"],
    [
      "POST /chat/completions",
      { ...chat, messages: [said(tooLong)] },
      "messages.0.content",
      "100000",
    ],
    ["POST /mave/chat", { message: "x".repeat(20_001) }, "message", "of 1 to 20000 characters"],
    ["POST /focus-groups", { questions: ["Why?", ""] }, "questions.1", "of 1 to 500 characters"],
    ["POST /focus-groups", { questions: ["Why?"], sample_size: 5 }, "sample_size", "of 10 to 500"],
    ["POST /video-analyses", { ...video, video_url: "spot.mp4" }, "video_url", "must be a string"],
    ["POST /workspaces", { name: "A", usage_limit: 0 }, "usage_limit", "a whole number of 1 to"],
    ["POST /workspaces", { name: "A", budget_alert: 5 }, "budget_alert", "must be null"],
  ])("that is not what it should be is named: %s", async (what, json, param, expected) => {
    const [code, at, message] = await complaint(await startApi(), what, json);
    expect([code, at]).toEqual(["invalid_field", param]);
    expect(message).toMatch(new RegExp(`^Invalid value for '${param}': must be `));
    expect(message).toContain(expected);
  });

  test("may be as long as the documents say, and not a character longer", async () => {
    const api = await startApi();
    const longest = { ...hello, input: "x".repeat(100_000) };
    expect((await api.send("POST /responses", { json: longest })).status).toBe(200);
    const [code, param, message] = await complaint(api, "POST /responses", {
      ...hello,
      input: tooLong,
    });
    expect([code, param]).toEqual(["invalid_field", "input"]);
    expect(message).toContain("of 1 to 100000 characters");
  });

  test("may be one that the documents do not speak of", async () => {
    const api = await startApi();
    const json = { ...hello, temperature: 0.5, metadata: { a: "b" }, store: false };
    expect((await api.send("POST /responses", { json })).status).toBe(200);
  });
});

describe("a parameter of a query", () => {
  test.each([
    ["GET /personas?limit=0", "limit"],
    ["GET /personas?limit=many", "limit"],
    ["GET /personas?cursor=nobody", "cursor"],
    ["GET /mave/threads?cursor=nothing", "cursor"],
    ["GET /workspaces?cursor=nowhere", "cursor"],
    ["GET /focus-groups?offset=-1", "offset"],
    ["GET /video-analyses?status=lost", "status"],
  ])("that is not what it should be is named: %s", async (what, param) => {
    const [code, at] = await complaint(await startApi(), what);
    expect([code, at]).toEqual(["invalid_field", param]);
  });
});

describe("a persona that an input names", () => {
  const message = "There is no persona with this ID. List the personas to get valid IDs.";

  test.each<[string, object, string]>([
    ["POST /responses", { ...hello, persona_id: "nobody" }, "persona_id"],
    ["POST /chat/completions", { ...chat, persona_id: "nobody" }, "persona_id"],
    ["POST /responses", { ...hello, stream: true, persona_id: "nobody" }, "persona_id"],
    [
      "POST /focus-groups",
      { questions: ["Why?"], persona_ids: ["clx0base0persona000genz01", "nobody"] },
      "persona_ids.1",
    ],
  ])("must be one: %s %j", async (what, json, param) => {
    const api = await startApi();
    expect(await complaint(api, what, json)).toEqual(["invalid_persona", param, message]);
  });

  test("must not be somebody else's, who looks like nobody", async () => {
    const api = await startApi();
    const { id } = api.upstream.addPersona("acct_stranger", { name: "Theirs" });
    const ask = (persona_id: string, key: string) =>
      api.send("POST /responses", { json: { ...hello, persona_id }, key });
    const [foreign, unknown] = await Promise.all([
      ask(id, api.keys.starter),
      ask("nobody", api.keys.second),
    ]);
    expect(refusal(foreign)).toEqual(refusal(unknown));
    expect((await ask(id, api.keys.stranger)).status).toBe(200);
  });
});

test("what was refused for its input costs nothing and reaches nobody", async () => {
  const api = await startApi();
  for (const json of [{}, { ...hello, model: "gpt-4" }, { ...hello, input: tooLong }]) {
    await api.send("POST /responses", { json });
  }
  expect(api.arrivals.all).toEqual([]);
  await api.send("POST /responses", { json: { ...hello, persona_id: "nobody" } });
  expect(api.funds()).toMatchObject({ used: 0, held: 0, remaining: 500 });
  expect(api.stores.ledger.audit()).toEqual([]);
});
