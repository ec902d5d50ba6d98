// Every operation that callers see: method, path, a sentence for the documents, and how streams end.

import type { WireOperation } from "sluice";

const work = {
  createResponse: {
    method: "POST",
    path: "/responses",
    summary: "Answers an input, as a persona if one is named; costs 1 to 5 credits.",
    idempotency: true,
    stream: { completion: { event: "response.completed" } },
  },
  createChatCompletion: {
    method: "POST",
    path: "/chat/completions",
    summary: "Answers a conversation in the older format; costs 1 to 5 credits.",
    idempotency: true,
    stream: { completion: { data: "[DONE]" } },
  },
  createMaveMessage: {
    method: "POST",
    path: "/mave/chat",
    summary: "Puts a question to the research agent; costs 10 to 50 credits.",
    idempotency: true,
    stream: { completion: { event: "mave.message.completed" } },
  },
  listThreads: {
    method: "GET",
    path: "/mave/threads",
    summary: "Lists the conversations with the research agent.",
  },
  getThread: {
    method: "GET",
    path: "/mave/threads/{threadId}",
    summary: "Shows one conversation with the research agent.",
  },
  listPersonas: {
    method: "GET",
    path: "/personas",
    summary: "Lists the personas that inputs can be answered as.",
  },
  getPersona: {
    method: "GET",
    path: "/personas/{personaId}",
    summary: "Shows one persona.",
  },
  createPersona: {
    method: "POST",
    path: "/personas",
    summary: "Creates a persona of the account's own; costs 300 credits.",
    idempotency: true,
  },
} as const satisfies Record<string, WireOperation>;

const jobs = {
  createFocusGroup: {
    method: "POST",
    path: "/focus-groups",
    summary: "Starts a focus group, which goes on after the answer; costs 50 to 200 credits.",
    idempotency: true,
  },
  listFocusGroups: {
    method: "GET",
    path: "/focus-groups",
    summary: "Lists the focus groups.",
  },
  getFocusGroup: {
    method: "GET",
    path: "/focus-groups/{focusGroupId}",
    summary: "Shows how far a focus group is, and its results.",
  },
  createVideoAnalysis: {
    method: "POST",
    path: "/video-analyses",
    summary:
      "Starts the analysis of a video, which goes on after the answer; costs 100 to 500 credits.",
    idempotency: true,
  },
  listVideoAnalyses: {
    method: "GET",
    path: "/video-analyses",
    summary: "Lists the video analyses.",
  },
  getVideoAnalysis: {
    method: "GET",
    path: "/video-analyses/{videoAnalysisId}",
    summary: "Shows how far a video analysis is, and its results.",
  },
} as const satisfies Record<string, WireOperation>;

/** What the gate knows best, and answers itself. */
const own = {
  listWorkspaces: {
    method: "GET",
    path: "/workspaces",
    summary: "Lists the account's workspaces, oldest first.",
  },
  createWorkspace: {
    method: "POST",
    path: "/workspaces",
    summary: "Creates a workspace, with a limit on its credits a month if one is given.",
    idempotency: true,
  },
  getWorkspace: {
    method: "GET",
    path: "/workspaces/{workspaceId}",
    summary: "Shows one workspace.",
  },
  listProjects: {
    method: "GET",
    path: "/projects",
    summary: "Lists the account's projects, oldest first.",
  },
  createProject: {
    method: "POST",
    path: "/projects",
    summary:
      "Creates a project in a workspace, with a limit on its credits a month if one is given.",
    idempotency: true,
  },
  getProject: {
    method: "GET",
    path: "/projects/{projectId}",
    summary: "Shows one project.",
  },
  getUsage: {
    method: "GET",
    path: "/usage",
    summary: "Shows the credits and requests of the current month, and the limits.",
  },
} as const satisfies Record<string, WireOperation>;

export const operations = { ...work, ...jobs, ...own };
