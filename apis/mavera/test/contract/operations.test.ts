// The operations, plans, prices and limits, against what Mavera's documents list.

import { describe, expect, test } from "vitest";
import { mavera, wire } from "../../contract/index.ts";

const operations = [
  ["createResponse", "POST", "/responses", "at_most 5"],
  ["createChatCompletion", "POST", "/chat/completions", "at_most 5"],
  ["createMaveMessage", "POST", "/mave/chat", "at_most 50"],
  ["listThreads", "GET", "/mave/threads", "free"],
  ["getThread", "GET", "/mave/threads/{threadId}", "free"],
  ["listPersonas", "GET", "/personas", "free"],
  ["getPersona", "GET", "/personas/{personaId}", "free"],
  ["createPersona", "POST", "/personas", "fixed 300"],
  ["createFocusGroup", "POST", "/focus-groups", "at_most 200"],
  ["listFocusGroups", "GET", "/focus-groups", "free"],
  ["getFocusGroup", "GET", "/focus-groups/{focusGroupId}", "free"],
  ["createVideoAnalysis", "POST", "/video-analyses", "at_most 500"],
  ["listVideoAnalyses", "GET", "/video-analyses", "free"],
  ["getVideoAnalysis", "GET", "/video-analyses/{videoAnalysisId}", "free"],
  ["listWorkspaces", "GET", "/workspaces", "free"],
  ["createWorkspace", "POST", "/workspaces", "free"],
  ["getWorkspace", "GET", "/workspaces/{workspaceId}", "free"],
  ["listProjects", "GET", "/projects", "free"],
  ["createProject", "POST", "/projects", "free"],
  ["getProject", "GET", "/projects/{projectId}", "free"],
  ["getUsage", "GET", "/usage", "free"],
] as const;

type Name = keyof typeof wire.operations;

function namesWhere(holds: (name: Name) => boolean): readonly Name[] {
  return operations.map(([name]) => name).filter(holds);
}

function serverOf(name: Name) {
  return mavera.server.operations[name];
}

test("the operations are these, at these prices", () => {
  const listed = Object.entries(wire.operations).map(([name, { method, path }]) => {
    const server = serverOf(name as Name);
    const price = "price" in server ? `${server.price.kind} ${server.price.credits}` : "free";
    return [name, method, path, price];
  });
  expect(listed).toEqual(operations);
});

test("every POST can be repeated safely", () => {
  const all = Object.values<{ method: string; idempotency?: boolean }>(wire.operations);
  for (const { method, idempotency } of all) expect(idempotency ?? false).toBe(method === "POST");
});

test("a key that may only read can GET, and nothing else", () => {
  const readable = namesWhere((name) => serverOf(name).permission === "read");
  expect(readable).toEqual(namesWhere((name) => wire.operations[name].method === "GET"));
  const writable = namesWhere((name) => serverOf(name).permission === "write");
  expect(writable).toEqual(namesWhere((name) => wire.operations[name].method === "POST"));
});

test("the gate answers what it knows best", () => {
  expect(namesWhere((name) => "answeredBy" in serverOf(name))).toEqual([
    "listWorkspaces",
    "createWorkspace",
    "getWorkspace",
    "listProjects",
    "createProject",
    "getProject",
    "getUsage",
  ]);
});

test("two calls start jobs, which are taken for dead after half an hour", () => {
  expect(namesWhere((name) => "detaches" in serverOf(name))).toEqual([
    "createFocusGroup",
    "createVideoAnalysis",
  ]);
  const { createFocusGroup, createVideoAnalysis } = mavera.server.operations;
  for (const { detaches } of [createFocusGroup, createVideoAnalysis]) {
    expect(detaches.maxAgeMs).toBe(30 * 60_000);
  }
});

test("three calls can stream, each with its own end", () => {
  const streams = Object.entries(wire.operations).flatMap(([name, operation]) =>
    "stream" in operation ? [[name, operation.stream.completion]] : [],
  );
  expect(Object.fromEntries(streams)).toEqual({
    createResponse: { event: "response.completed" },
    createChatCompletion: { data: "[DONE]" },
    createMaveMessage: { event: "mave.message.completed" },
  });
});

describe("limits", () => {
  test("of requests a minute, by plan", () => {
    expect(wire.windows).toEqual({
      requests: {
        per: "key",
        limit: { starter: 60, basic: 120, professional: 240, enterprise: 600 },
        windowMs: 60_000,
      },
    });
    expect(wire.headers.rateLimit).toBe("x-ratelimit");
  });

  test("of what may run at once", () => {
    const caps = Object.values(wire.slots ?? {}).map(({ limit, operations: [operation] }) => [
      operation,
      limit,
    ]);
    expect(caps).toEqual([
      ["createMaveMessage", 10],
      ["createFocusGroup", 5],
      ["createVideoAnalysis", 3],
    ]);
  });

  test("of credits a calendar month, by plan", () => {
    const { plans } = mavera.server;
    expect(Object.entries(plans).map(([name, { allowance }]) => [name, allowance])).toEqual([
      ["starter", { credits: 500, reset: { kind: "calendar_month" } }],
      ["basic", { credits: 2_000, reset: { kind: "calendar_month" } }],
      ["professional", { credits: 5_000, reset: { kind: "calendar_month" } }],
      ["enterprise", { credits: 100_000, reset: { kind: "calendar_month" } }],
    ]);
  });

  test("that are down go on being counted, by each process alone", () => {
    expect(mavera.server.limitsDown).toBe("local");
  });
});
