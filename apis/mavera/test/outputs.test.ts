// What the contract says of answers, held against what the API answers: every operation.

import { expect, test } from "vitest";
import { mavera } from "../contract/index.ts";
import { video } from "./behind-the-gate.ts";
import { hello, startApi } from "./live-api.ts";
import type { Reply } from "./reply.ts";

type Operation = keyof typeof mavera.server.operations;

test("every operation answers what its schema says", async () => {
  const api = await startApi();
  const seen = new Set<Operation>();
  const send = async (operation: Operation, what: string, json?: object): Promise<Reply> => {
    const reply = await api.send(what, { key: api.keys.enterprise, ...(json && { json }) });
    expect(reply.status, reply.text).toBeLessThan(300);
    const { output } = mavera.server.operations[operation];
    // Parsing leaves out what a schema does not know.
    expect(output.parse(reply.body), operation).toEqual(reply.body);
    seen.add(operation);
    return reply;
  };
  const first = async (operation: Operation, what: string) =>
    (await send(operation, what)).body.data[0].id;

  await send("createResponse", "POST /responses", hello);
  const messages = [{ role: "user", content: "Hello" }];
  await send("createChatCompletion", "POST /chat/completions", { model: "mavera-1", messages });
  await send("createMaveMessage", "POST /mave/chat", { message: "Hello" });
  await send("getThread", `GET /mave/threads/${await first("listThreads", "GET /mave/threads")}`);
  await send("createPersona", "POST /personas", { name: "Ann", pipeline_type: "north_star" });
  await send("getPersona", `GET /personas/${await first("listPersonas", "GET /personas")}`);
  await send("createFocusGroup", "POST /focus-groups", { questions: ["Why?"] });
  const group = `GET /focus-groups/${await first("listFocusGroups", "GET /focus-groups")}`;
  await send("createVideoAnalysis", "POST /video-analyses", video);
  const analysis = `GET /video-analyses/${await first("listVideoAnalyses", "GET /video-analyses")}`;
  for (const ms of [0, 1_000, 1_000]) {
    await api.clock.advance(ms);
    await send("getFocusGroup", group);
    await send("getVideoAnalysis", analysis);
  }
  const workspace = await send("createWorkspace", "POST /workspaces", { name: "Marketing" });
  const { id: workspace_id } = workspace.body;
  await send("createProject", "POST /projects", { name: "Spring", workspace_id });
  await send("getWorkspace", `GET /workspaces/${await first("listWorkspaces", "GET /workspaces")}`);
  await send("getProject", `GET /projects/${await first("listProjects", "GET /projects")}`);
  await send("getUsage", "GET /usage");

  expect([...seen].sort()).toEqual(Object.keys(mavera.server.operations).sort());
});
