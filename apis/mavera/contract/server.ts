// The server layer of Mavera's contract: plans, prices, schemas, and how the plain API's failures become
// conditions. Callers never see it.

import {
  atMost,
  fixed,
  monthly,
  type OperationOf,
  type Plan,
  type PlanOf,
  type ServerDeclaration,
} from "sluice";
import { answers } from "./answers.ts";
import { inputs, refused } from "./examples.ts";
import * as chat from "./schemas/chat-completions.ts";
import * as focusGroups from "./schemas/focus-groups.ts";
import * as mave from "./schemas/mave.ts";
import * as personas from "./schemas/personas.ts";
import * as projects from "./schemas/projects.ts";
import * as responses from "./schemas/responses.ts";
import { usage } from "./schemas/usage.ts";
import * as videos from "./schemas/video-analyses.ts";
import * as workspaces from "./schemas/workspaces.ts";
import type { wire } from "./wire.ts";

type Declaration = ServerDeclaration<OperationOf<typeof wire>, PlanOf<typeof wire>>;

const MAVE_DEADLINE_MS = 120_000;
const JOB_AGE_MS = 30 * 60_000;

/** How many workspaces and projects an account can have: the documents do not say, these are ours. */
const limits = { workspaces: 1_000, projects: 1_000 };

function plan(title: string, credits: number): Plan {
  return { title, allowance: { credits, reset: monthly }, limits };
}

const reads = { permission: "read" } as const;
const writes = { permission: "write" } as const;

const inBody = {
  workspace: { body: "/workspace_id" },
  project: { body: "/project_id" },
} as const;

const job = { ...writes, scope: inBody, detaches: { maxAgeMs: JOB_AGE_MS } } as const;

const own = { answeredBy: "gate" } as const;

export const server = {
  plans: {
    starter: plan("Starter", 500),
    basic: plan("Basic", 2_000),
    professional: plan("Professional", 5_000),
    // Agreed with each customer, says the price list: where nothing was agreed, this is ours.
    enterprise: plan("Enterprise", 100_000),
  },
  limitsDown: "local",
  operations: {
    createResponse: {
      reports: ["unknown_persona"],
      example: { ...inputs.createResponse, output: answers.createResponse },
      ...writes,
      body: responses.draft,
      output: responses.one,
      price: atMost(5, {
        pointer: "/usage/credits_used",
        inEvents: "/response/usage/credits_used",
      }),
      scope: inBody,
    },
    createChatCompletion: {
      reports: ["unknown_persona"],
      example: { ...inputs.createChatCompletion, output: answers.createChatCompletion },
      ...writes,
      body: chat.draft,
      output: chat.one,
      price: atMost(5, { pointer: "/usage/credits_used" }),
      scope: inBody,
    },
    createMaveMessage: {
      reports: ["not_found", "conflict"],
      example: { ...inputs.createMaveMessage, output: answers.createMaveMessage },
      ...writes,
      body: mave.draft,
      output: mave.message,
      price: atMost(50, {
        pointer: "/usage/credits_used",
        inEvents: "/message/usage/credits_used",
      }),
      scope: { workspace: inBody.workspace },
      deadlineMs: MAVE_DEADLINE_MS,
    },
    listThreads: {
      reports: ["invalid_field"],
      example: { ...inputs.listThreads, output: answers.listThreads },
      ...reads,
      query: mave.query,
      output: mave.listed,
      scope: { workspace: { query: "workspace_id" } },
    },
    getThread: {
      reports: ["not_found"],
      example: { ...inputs.getThread, output: answers.getThread },
      ...reads,
      params: mave.params,
      output: mave.threadWithMessages,
    },
    listPersonas: {
      reports: ["invalid_field"],
      example: { ...inputs.listPersonas, output: answers.listPersonas },
      ...reads,
      query: personas.query,
      output: personas.listed,
    },
    getPersona: {
      reports: ["not_found"],
      example: { ...inputs.getPersona, output: answers.getPersona },
      ...reads,
      params: personas.params,
      output: personas.one,
    },
    createPersona: {
      reports: [],
      successStatus: 201,
      example: { ...inputs.createPersona, output: answers.createPersona },
      ...writes,
      body: personas.draft,
      output: personas.created,
      price: fixed(300),
    },
    createFocusGroup: {
      reports: ["unknown_persona"],
      successStatus: 201,
      example: { ...inputs.createFocusGroup, output: answers.createFocusGroup },
      ...job,
      body: focusGroups.draft,
      output: focusGroups.one,
      price: atMost(200),
    },
    listFocusGroups: {
      reports: [],
      example: { ...inputs.listFocusGroups, output: answers.listFocusGroups },
      ...reads,
      query: focusGroups.query,
      output: focusGroups.listed,
    },
    getFocusGroup: {
      reports: ["not_found"],
      example: { ...inputs.getFocusGroup, output: answers.getFocusGroup },
      ...reads,
      params: focusGroups.params,
      output: focusGroups.one,
    },
    createVideoAnalysis: {
      reports: [],
      successStatus: 201,
      example: { ...inputs.createVideoAnalysis, output: answers.createVideoAnalysis },
      ...job,
      body: videos.draft,
      output: videos.one,
      price: atMost(500),
    },
    listVideoAnalyses: {
      reports: [],
      example: { ...inputs.listVideoAnalyses, output: answers.listVideoAnalyses },
      ...reads,
      query: videos.query,
      output: videos.listed,
    },
    getVideoAnalysis: {
      reports: ["not_found"],
      example: { ...inputs.getVideoAnalysis, output: answers.getVideoAnalysis },
      ...reads,
      params: videos.params,
      output: videos.one,
    },
    listWorkspaces: {
      reports: [],
      example: { ...inputs.listWorkspaces, output: answers.listWorkspaces },
      ...own,
      ...reads,
      query: workspaces.query,
      output: workspaces.listed,
    },
    createWorkspace: {
      reports: ["forbidden", "plan_limit_reached"],
      successStatus: 201,
      example: { ...inputs.createWorkspace, output: answers.createWorkspace },
      ...own,
      ...writes,
      body: workspaces.draft,
      output: workspaces.one,
    },
    getWorkspace: {
      reports: ["not_found"],
      example: { ...inputs.getWorkspace, output: answers.getWorkspace },
      ...own,
      ...reads,
      params: workspaces.params,
      output: workspaces.one,
    },
    listProjects: {
      reports: [],
      example: { ...inputs.listProjects, output: answers.listProjects },
      ...own,
      ...reads,
      query: projects.query,
      output: projects.listed,
    },
    createProject: {
      reports: ["not_found", "forbidden", "plan_limit_reached"],
      successStatus: 201,
      example: { ...inputs.createProject, output: answers.createProject },
      ...own,
      ...writes,
      body: projects.draft,
      output: projects.one,
    },
    getProject: {
      reports: ["not_found"],
      example: { ...inputs.getProject, output: answers.getProject },
      ...own,
      ...reads,
      params: projects.params,
      output: projects.one,
    },
    getUsage: {
      reports: [],
      example: { output: answers.getUsage },
      ...own,
      ...reads,
      output: usage,
    },
  },
  examples: refused,
  folding: [
    // Without the API's own words: absent and foreign must not differ by a byte.
    {
      when: { pointer: "/failure/kind", equals: "absent" },
      condition: "not_found",
      param: { pointer: "/failure/field" },
    },
    {
      when: { pointer: "/failure/kind", equals: "unknown_persona" },
      condition: "unknown_persona",
      param: { pointer: "/failure/field" },
    },
    {
      when: { pointer: "/failure/kind", equals: "unacceptable" },
      condition: "invalid_field",
      param: { pointer: "/failure/field" },
      message: { pointer: "/failure/detail" },
    },
    {
      when: { pointer: "/failure/kind", equals: "conflict" },
      condition: "conflict",
      param: { pointer: "/failure/field" },
      message: { pointer: "/failure/detail" },
    },
  ],
} as const satisfies Declaration;
