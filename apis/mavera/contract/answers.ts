// What each operation answers to its example, as the documents show it.

import type { OperationOf } from "sluice";
import type { wire } from "./wire.ts";

const list = { object: "list" } as const;
const page = { has_more: false, next_cursor: null } as const;
const slice = { total: 1, limit: 20, offset: 0, has_more: false } as const;

const says = "They want it to be light, and to last a season.";

const thread = {
  id: "thread_abc123",
  object: "mave_thread",
  title: "How do runners choose a shoe?",
  workspace_id: null,
  message_count: 2,
  credits_used: 24,
  created_at: "2026-06-15T09:30:12.345Z",
  updated_at: "2026-06-15T09:30:54.021Z",
} as const;

const turn = {
  id: "msg_abc124",
  object: "mave_message",
  thread_id: thread.id,
  role: "assistant",
  content: "By fit first, then by weight.",
  created_at: thread.updated_at,
} as const;

const persona = {
  id: "persona_abc123",
  object: "persona",
  name: "Weekend runner",
  description: "Runs twice a week, and reads reviews before buying.",
  category: "sports",
  pipeline_type: "north_star",
  created_at: 1_781_515_812,
} as const;

const job = { status: "pending", error: null, workspace_id: null, credits_used: null } as const;
const done = { ...job, status: "completed" } as const;

const focusGroup = {
  id: "focus_abc123",
  object: "focus_group",
  ...job,
  name: null,
  questions: ["What would make you switch?"],
  sample_size: 25,
  persona_ids: [],
  results: null,
  created_at: "2026-06-15T09:30:12.345Z",
} as const;

const video = {
  id: "video_abc123",
  object: "video_analysis",
  ...job,
  video_url: "https://example.com/spot.mp4",
  title: "Spring spot",
  brand: "Acme",
  product: "Running shoes",
  primary_intent: "Persuasive",
  secondary_intent: null,
  tertiary_intent: null,
  goal: "Find out whether it persuades.",
  chunk_duration: 2,
  frames_per_chunk: 4,
  progress: { total_chunks: 15, processed_chunks: 0 },
  created_at: 1_781_515_812,
  summary: null,
} as const;

const analysed = {
  ...{ ...video, ...done, credits_used: 180 },
  progress: { total_chunks: 15, processed_chunks: 15 },
  summary: "It persuades those who run already.",
} as const;

const workspace = {
  object: "workspace",
  id: "ws_abc123",
  name: "Marketing",
  type: "user",
  usage_limit: 1_000,
  created_at: "2026-06-01T08:00:00.000Z",
} as const;

const project = {
  object: "project",
  id: "proj_abc123",
  workspace_id: workspace.id,
  name: "Spring",
  goal: null,
  usage_limit: null,
  created_at: "2026-06-02T08:00:00.000Z",
} as const;

export const answers = {
  createResponse: {
    id: "resp_abc123def456abc123def456",
    object: "response",
    created_at: 1_781_515_812,
    status: "completed",
    model: "mavera-1",
    output: [
      {
        ...{ id: "msg_abc123def456", type: "message", role: "assistant", status: "completed" },
        content: [{ type: "output_text", text: says, annotations: [] }],
      },
    ],
    usage: { input_tokens: 42, output_tokens: 68, total_tokens: 110, credits_used: 3 },
  },
  createChatCompletion: {
    id: "chatcmpl_abc123",
    object: "chat.completion",
    created: 1_781_515_812,
    model: "mavera-1",
    choices: [{ index: 0, message: { role: "assistant", content: says }, finish_reason: "stop" }],
    usage: { prompt_tokens: 42, completion_tokens: 68, total_tokens: 110, credits_used: 3 },
  },
  createMaveMessage: {
    ...turn,
    sources: [
      {
        title: "How runners buy",
        url: "https://example.com/how-runners-buy",
        domain: "example.com",
      },
    ],
    personas_used: [{ id: persona.id, name: persona.name }],
    usage: { credits_used: 24 },
  },
  listThreads: { ...list, data: [thread], ...page },
  getThread: {
    ...thread,
    messages: [
      { ...turn, id: "msg_abc123", role: "user", content: thread.title },
      { ...turn, id: "msg_abc124" },
    ],
  },
  listPersonas: { ...list, data: [persona], ...page },
  getPersona: persona,
  createPersona: {
    ...{ ...persona, id: "persona_def456", object: "custom_persona" },
    ...{ description: null, category: null, credits_charged: 300 },
  },
  createFocusGroup: focusGroup,
  listFocusGroups: { ...list, data: [focusGroup], ...slice },
  getFocusGroup: {
    ...{ ...focusGroup, ...done, credits_used: 75 },
    results: [{ question: "What would make you switch?", answer: "A lighter shoe." }],
  },
  createVideoAnalysis: video,
  listVideoAnalyses: { ...list, data: [analysed], ...slice },
  getVideoAnalysis: analysed,
  listWorkspaces: { ...list, data: [workspace], ...page },
  createWorkspace: workspace,
  getWorkspace: workspace,
  listProjects: { ...list, data: [project], ...page },
  createProject: project,
  getProject: project,
  getUsage: {
    object: "usage",
    billing_period: { start: "2026-06-01T00:00:00.000Z", end: "2026-06-30T23:59:59.999Z" },
    credits: { used: 2_500, included: 5_000, remaining: 2_500, percentage_used: 50 },
    api_requests: { total_requests: 1_250, credits_used: 2_500, error_count: 12 },
    rate_limit: { requests_per_minute: 240 },
    limits: { budget_alert: null, usage_limit: null },
  },
} as const satisfies Record<OperationOf<typeof wire>, unknown>;
