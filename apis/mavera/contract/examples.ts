// Requests as the documents show them: one that works for each operation, and those that are refused with a code that
// does not follow from the schemas alone.

import type { OperationExample, OperationOf, RefusedExample } from "sluice";
import type { MaveraCode } from "./codes.ts";
import type { wire } from "./wire.ts";

const hello = { model: "mavera-1", input: "What do runners want from a shoe?" } as const;
const messages = [{ role: "user", content: hello.input }];

export const inputs = {
  createResponse: { body: hello },
  createChatCompletion: { body: { model: "mavera-1", messages } },
  createMaveMessage: { body: { message: "How do runners choose a shoe?" } },
  listThreads: { query: { limit: "20" } },
  getThread: { params: { threadId: "thread_abc123" } },
  listPersonas: { query: { search: "runner" } },
  getPersona: { params: { personaId: "persona_abc123" } },
  createPersona: { body: { name: "Weekend runner", pipeline_type: "north_star" } },
  createFocusGroup: { body: { questions: ["What would make you switch?"], sample_size: 25 } },
  listFocusGroups: { query: { limit: "20" } },
  getFocusGroup: { params: { focusGroupId: "focus_abc123" } },
  createVideoAnalysis: {
    body: {
      video_url: "https://example.com/spot.mp4",
      title: "Spring spot",
      brand: "Acme",
      product: "Running shoes",
      primary_intent: "Persuasive",
      goal: "Find out whether it persuades.",
    },
  },
  listVideoAnalyses: { query: { status: "completed" } },
  getVideoAnalysis: { params: { videoAnalysisId: "video_abc123" } },
  listWorkspaces: { query: { limit: "20" } },
  createWorkspace: { body: { name: "Marketing", usage_limit: 1_000 } },
  getWorkspace: { params: { workspaceId: "ws_abc123" } },
  listProjects: { query: { limit: "20" } },
  createProject: { body: { name: "Spring", workspace_id: "ws_abc123" } },
  getProject: { params: { projectId: "proj_abc123" } },
} as const satisfies Partial<Record<OperationOf<typeof wire>, OperationExample>>;

export const refused = {
  invalid_model: { operation: "createResponse", body: { ...hello, model: "gpt-4" } },
  invalid_persona: { operation: "createResponse", body: { ...hello, persona_id: "nobody" } },
  resource_not_found: { operation: "getPersona", params: { personaId: "does_not_exist" } },
  forbidden: {
    operation: "createResponse",
    given: "The key may read, but not write.",
  },
  budget_exceeded: {
    operation: "createResponse",
    given: "The key's workspace has fewer than 5 credits of its `usage_limit` left this month.",
  },
  conflict: {
    operation: "createMaveMessage",
    body: { message: "And what about price?", thread_id: "thread_abc123" },
    given: "The thread has 100 messages.",
  },
} as const satisfies Partial<Record<MaveraCode, RefusedExample<OperationOf<typeof wire>>>>;
