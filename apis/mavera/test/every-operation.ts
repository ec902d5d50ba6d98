// One session in which every operation is asked for once, and answers.

import type { mavera } from "../contract/index.ts";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi } from "./live-api.ts";
import type { Reply } from "./reply.ts";

export type Operation = keyof typeof mavera.server.operations;

type Send = (operation: Operation, what: string, json?: object) => Promise<Reply>;

export async function askEverything({ clock }: LiveApi, send: Send): Promise<void> {
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
    await clock.advance(ms);
    await send("getFocusGroup", group);
    await send("getVideoAnalysis", analysis);
  }
  const workspace = await send("createWorkspace", "POST /workspaces", { name: "Marketing" });
  const { id: workspace_id } = workspace.body;
  await send("createProject", "POST /projects", { name: "Spring", workspace_id });
  await send("getWorkspace", `GET /workspaces/${await first("listWorkspaces", "GET /workspaces")}`);
  await send("getProject", `GET /projects/${await first("listProjects", "GET /projects")}`);
  await send("getUsage", "GET /usage");
}
