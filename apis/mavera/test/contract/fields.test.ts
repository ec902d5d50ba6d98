// How the contract's schemas refuse: which field they blame, and what they say that it must be.

import { describe, expect, test } from "vitest";
import { refusal, startSession } from "./session.ts";

const model = "mavera-1";
const message = { role: "user", content: "Hello" };

const video = {
  video_url: "https://example.com/ad.mp4",
  title: "Launch",
  brand: "Acme",
  product: "Rocket skates",
  primary_intent: "Persuasive",
  goal: "Sell more rocket skates",
};

const textOrParts =
  "must be a string of at most 100000 characters, or must be a list of 1 to 128 items";
const textOrItems =
  "must be a string of 1 to 100000 characters, or must be a list of 1 to 128 items";

/** What is sent, the code, the param, and what is said of it. */
const refused: readonly (readonly [string, unknown, string, string, string?])[] = [
  ["/responses", { input: "Hello" }, "missing_field", "model"],
  ["/responses", { model }, "missing_field", "input"],
  [
    "/responses",
    { model: "gpt-4o", input: "x" },
    "invalid_model",
    "model",
    "must be one of ['mavera-1']",
  ],
  [
    "/responses",
    { model: null, input: "x" },
    "invalid_model",
    "model",
    "must be one of ['mavera-1']",
  ],
  ["/responses", { model, input: "" }, "invalid_field", "input", textOrItems],
  ["/responses", { model, input: 7 }, "invalid_field", "input", textOrItems],
  ["/responses", { model, input: [] }, "invalid_field", "input", textOrItems],
  ["/responses", { model, input: "x".repeat(100_001) }, "invalid_field", "input", textOrItems],
  ["/responses", { model, input: Array(129).fill(message) }, "invalid_field", "input", textOrItems],
  ["/responses", { model, input: ["Hello"] }, "invalid_field", "input.0", "must be an object"],
  [
    "/responses",
    { model, input: [message, { role: "robot", content: "x" }] },
    "invalid_field",
    "input.1.role",
    "must be one of ['user', 'assistant', 'system', 'developer']",
  ],
  [
    "/responses",
    { model, input: [{ role: "user", content: 7 }] },
    "invalid_field",
    "input.0.content",
    textOrParts,
  ],
  [
    "/responses",
    { model, input: [{ role: "user", content: [{ text: "x" }] }] },
    "missing_field",
    "input.0.content.0.type",
  ],
  [
    "/responses",
    { model, input: "x", persona_id: "x".repeat(101) },
    "invalid_field",
    "persona_id",
    "must be a string of 1 to 100 characters",
  ],
  [
    "/responses",
    { model, input: "x", stream: "yes" },
    "invalid_field",
    "stream",
    "must be true or false",
  ],
  [
    "/responses",
    { model, input: "x", delay: 600_001 },
    "invalid_field",
    "delay",
    "must be a whole number of 0 to 600000",
  ],
  ["/chat/completions", { model }, "missing_field", "messages"],
  [
    "/chat/completions",
    { model, messages: [] },
    "invalid_field",
    "messages",
    "must be a list of 1 to 128 items",
  ],
  [
    "/chat/completions",
    { model, messages: [{ role: "user" }] },
    "missing_field",
    "messages.0.content",
  ],
  [
    "/chat/completions",
    { model, messages: [{ content: "x" }] },
    "missing_field",
    "messages.0.role",
  ],
  [
    "/chat/completions",
    { model, messages: [message, { ...message, content: null }] },
    "invalid_field",
    "messages.1.content",
    textOrParts,
  ],
  [
    "/chat/completions",
    { model, messages: [message], verbosity: "loud" },
    "invalid_field",
    "verbosity",
    "must be one of ['low', 'medium', 'high']",
  ],
  ["/mave/chat", {}, "missing_field", "message"],
  [
    "/mave/chat",
    { message: "x".repeat(20_001) },
    "invalid_field",
    "message",
    "must be a string of 1 to 20000 characters",
  ],
  ["/personas", { name: "Ada" }, "missing_field", "pipeline_type"],
  [
    "/personas",
    { name: "Ada", pipeline_type: "south_star" },
    "invalid_field",
    "pipeline_type",
    "must be one of ['north_star', 'intermediate', 'advanced']",
  ],
  ["/focus-groups", {}, "missing_field", "questions"],
  [
    "/focus-groups",
    { questions: ["Why?", ""] },
    "invalid_field",
    "questions.1",
    "must be a string of 1 to 500 characters",
  ],
  [
    "/focus-groups",
    { questions: ["Why?"], sample_size: 9 },
    "invalid_field",
    "sample_size",
    "must be a whole number of 10 to 500",
  ],
  [
    "/focus-groups",
    { questions: ["Why?"], persona_ids: Array(21).fill("p") },
    "invalid_field",
    "persona_ids",
    "must be a list of at most 20 items",
  ],
  [
    "/video-analyses",
    { ...video, title: "Ad" },
    "invalid_field",
    "title",
    "must be a string of 3 to 100 characters",
  ],
  ["/video-analyses", { ...video, goal: undefined }, "missing_field", "goal"],
  [
    "/video-analyses",
    { ...video, video_url: "ftp://example.com/ad.mp4" },
    "invalid_field",
    "video_url",
    "must be a string in the format uri of at most 2048 characters",
  ],
  ["/workspaces", { name: "" }, "invalid_field", "name", "must be a string of 1 to 100 characters"],
  [
    "/workspaces",
    { name: "Team", type: "guild" },
    "invalid_field",
    "type",
    "must be one of ['enterprise', 'marketing_agency', 'user', 'starter']",
  ],
  ["/projects", { name: "Launch" }, "missing_field", "workspace_id"],
];

describe("a body is refused", () => {
  test.each(refused)("%s %j: %s %s", async (path, json, code, param, expected) => {
    const session = await startSession();
    const found = refusal(await session.send(`POST ${path}`, { json }));
    const message =
      expected === undefined
        ? `Missing required field '${param}'.`
        : `Invalid value for '${param}': ${expected}.`;
    expect(found).toEqual({ status: 400, type: "validation_error", code, param, message });
  });

  test("for a member that a workspace or a project does not keep", async () => {
    const session = await startSession();
    const json = { name: "Team", workspace_id: null, billing_email: null, budget_alert: 100 };
    expect(refusal(await session.send("POST /workspaces", { json }))).toMatchObject({
      code: "invalid_field",
      param: "budget_alert",
      message: "Invalid value for 'budget_alert': must be null.",
    });
    const project = { ...json, workspace_id: "ws_1" };
    expect(refusal(await session.send("POST /projects", { json: project }))).toMatchObject({
      code: "invalid_field",
      param: "budget_alert",
      message: "Invalid value for 'budget_alert': must be null.",
    });
  });
});

describe("a parameter is refused", () => {
  const between = "must be a whole number of 1 to 100";
  test.each([
    ["/personas?limit=0", "limit", between],
    ["/personas?limit=101", "limit", between],
    ["/personas?limit=ten", "limit", between],
    ["/workspaces?cursor=", "cursor", "must be a string of 1 to 100 characters"],
    ["/video-analyses?offset=-1", "offset", "must be a whole number of 0 to 1000000"],
    [
      "/video-analyses?status=COMPLETED",
      "status",
      "must be one of ['pending', 'generating', 'completed', 'failed']",
    ],
    ["/personas/a%20b", "personaId", "must be a string in the documented format"],
  ])("GET %s", async (path, param, expected) => {
    const session = await startSession();
    expect(refusal(await session.send(`GET ${path}`))).toEqual({
      status: 400,
      type: "validation_error",
      code: "invalid_field",
      param,
      message: `Invalid value for '${param}': ${expected}.`,
    });
  });
});

describe("a body is accepted", () => {
  const sdk = { temperature: 0.2, top_p: 1, metadata: {}, store: false, user: "u", tools: [] };
  test.each([
    ["/responses", { model, input: "Hello" }],
    ["/responses", { model, input: [message], ...sdk, text: { format: { type: "text" } } }],
    ["/responses", { model, input: [{ type: "function_call_output", call_id: "c", output: "1" }] }],
    [
      "/responses",
      { model, input: [{ role: "user", content: [{ type: "input_text", text: "Hello" }] }] },
    ],
    ["/responses", { model, input: "x".repeat(100_000), persona_id: "p", stream: false, delay: 0 }],
    ["/chat/completions", { model, messages: [message], ...sdk, stream_options: {} }],
    ["/chat/completions", { model, messages: Array(128).fill(message), persona_id: "p" }],
    ["/mave/chat", { message: "x".repeat(20_000) }],
    ["/personas", { name: "Ada", pipeline_type: "north_star", buying_stage: "decision" }],
    ["/focus-groups", { questions: Array(20).fill("Why?"), sample_size: 10, persona_ids: [] }],
    ["/video-analyses", { ...video, chunk_duration: 2, frames_per_chunk: 4 }],
  ])("%s %j", async (path, json) => {
    const session = await startSession();
    expect((await session.send(`POST ${path}`, { json })).status).toBe(200);
  });
});
