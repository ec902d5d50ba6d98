// What focus groups and video analyses have in common: they are answered at once, and go on after.

import type { Call } from "./call.ts";
import type { Fields } from "./fields.ts";
import { newId } from "./identifiers.ts";
import { jobSteps } from "./job-runner.ts";
import { delayRange, maxIdLength } from "./limits.ts";
import type { Slice } from "./paging.ts";
import type { JobFilter, JobRecord, OffsetPage } from "./records.ts";

const defaultDelayMs = 2000;

const prefixes = { focus_group: "fg_", video_analysis: "clx" } as const;

export interface JobDraft {
  readonly workspaceId: string | undefined;
  readonly delayMs: number;
}

export function readJobDraft(fields: Fields): JobDraft {
  const workspaceId = fields.optionalText("workspace_id", { max: maxIdLength });
  return { workspaceId, delayMs: fields.whole("delay", delayRange) ?? defaultDelayMs };
}

interface Order {
  readonly kind: JobRecord["kind"];
  readonly draft: JobDraft;
  readonly credits: number;
  readonly error: string | null;
  readonly subject: unknown;
}

export function insertJob({ environment, caller }: Call, order: Order): JobRecord {
  const { kind, draft, credits, error, subject } = order;
  const { records, clock } = environment;
  const job: JobRecord = {
    id: newId(environment, prefixes[kind]),
    accountId: caller.accountId,
    kind,
    workspaceId: draft.workspaceId ?? caller.workspaceId ?? null,
    createdAtMs: clock.wallMs(),
    plan: { requestId: caller.requestId, credits, error, stepMs: draft.delayMs / jobSteps },
    stepsDone: 0,
    status: "pending",
    isHeard: false,
    opening: records.opening,
    subject,
  };
  records.jobs.insert(job);
  environment.startJob(job);
  return job;
}

export function findJob(
  { environment, caller }: Call,
  kind: JobRecord["kind"],
  id: string,
): JobRecord | undefined {
  const job = environment.records.jobs.withId(id);
  return job?.accountId === caller.accountId && job.kind === kind ? job : undefined;
}

export function sliceOf<T>(
  { environment: { records } }: Call,
  { filter, page, show }: { filter: JobFilter; page: OffsetPage; show: (job: JobRecord) => T },
): Slice<T> {
  return { data: records.jobs.page(filter, page).map(show), total: records.jobs.count(filter) };
}

/** What callers see of every job. An error is a text, and there once the job has failed. */
export function showJob({ id, kind, status, plan, workspaceId }: JobRecord) {
  return {
    id,
    object: kind,
    status,
    error: status === "failed" ? plan.error : null,
    workspace_id: workspaceId,
    credits_used: status === "completed" ? plan.credits : null,
  };
}
