// All that this API remembers, and what it asks of wherever that is kept. Whatever belongs to an
// account is looked up by that account only: another one's things cannot be reached by accident.

/** Personas are kept just as callers see them. */
export interface Persona {
  readonly id: string;
  readonly object: "persona" | "custom_persona";
  readonly name: string;
  readonly description: string | null;
  readonly category: string | null;
  readonly pipeline_type: PipelineType;
  readonly created_at: number;
}

export const pipelineTypes = ["north_star", "intermediate", "advanced"] as const;
export type PipelineType = (typeof pipelineTypes)[number];

/** Comes from a look-up by its account only, so whoever holds one may have its messages. */
export interface ThreadRecord {
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId: string | null;
  readonly title: string;
  readonly messageCount: number;
  readonly creditsUsed: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A message of a thread, kept just as callers see it. */
export interface ThreadMessage {
  readonly id: string;
  readonly object: "mave_message";
  readonly thread_id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly created_at: string;
}

export const jobStatuses = ["pending", "generating", "completed", "failed"] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What is asked for, which says at once how it will end. */
export interface JobPlan {
  /** Whom to tell of the end. */
  readonly requestId: string;
  readonly credits: number;
  /** Why it will fail, or `null` when it will not. */
  readonly error: string | null;
  readonly stepMs: number;
}

/** A job goes in a few steps, so that one that was interrupted goes on where it stood. */
export interface JobRecord {
  readonly id: string;
  readonly accountId: string;
  readonly kind: "focus_group" | "video_analysis";
  readonly workspaceId: string | null;
  readonly createdAtMs: number;
  readonly plan: JobPlan;
  readonly stepsDone: number;
  readonly status: JobStatus;
  /** Whether somebody heard of its end. */
  readonly isHeard: boolean;
  /** The opening of the records that does the job; another one's clock does not touch it. */
  readonly opening: number;
  /** What the caller asked for, of the shape of its kind. */
  readonly subject: unknown;
}

export interface AfterPage {
  readonly limit: number;
  readonly after: string | undefined;
}

export interface OffsetPage {
  readonly limit: number;
  readonly offset: number;
}

/** A search fits names and titles that it is a part of, in capitals or not. */
export interface PersonaFilter {
  readonly accountId: string;
  readonly category?: string | undefined;
  readonly search?: string | undefined;
}

/** Base personas, which everybody sees, and each account's own; in order of creation. */
export interface Personas {
  /** Nothing when the account sees no persona of the id `after`. */
  page(filter: PersonaFilter, page: AfterPage): readonly Persona[] | undefined;
  find(accountId: string, id: string): Persona | undefined;
  insertBase(persona: Persona): void;
  insert(accountId: string, persona: Persona): void;
}

export interface ThreadFilter {
  readonly accountId: string;
  readonly workspaceId?: string | undefined;
  readonly search?: string | undefined;
}

/** Newest first; the messages of each in order. */
export interface Threads {
  /** Nothing when the account has no thread of the id `after`. */
  page(filter: ThreadFilter, page: AfterPage): readonly ThreadRecord[] | undefined;
  find(accountId: string, id: string): ThreadRecord | undefined;
  insert(thread: ThreadRecord): void;
  replace(thread: ThreadRecord): void;
  messages(thread: ThreadRecord): readonly ThreadMessage[];
  addMessage(thread: ThreadRecord, message: ThreadMessage): void;
}

export interface JobFilter {
  readonly kind: JobRecord["kind"];
  readonly accountId: string;
  readonly status?: JobStatus | undefined;
}

export interface Jobs {
  /** Newest first. */
  page(filter: JobFilter, page: OffsetPage): readonly JobRecord[];
  count(filter: JobFilter): number;
  /** For whoever does the job; callers come by way of their account. */
  withId(id: string): JobRecord | undefined;
  /** Every account's jobs of whose end nobody has heard, also because they go on; oldest first. */
  unheard(): readonly JobRecord[];
  insert(job: JobRecord): void;
  replace(job: JobRecord): void;
}

/**
 * Whoever looks or changes does so inside `read` or `write`. The work is synchronous; inside another
 * one's work it becomes a part of that.
 */
export interface Records {
  /** A number that no other opening of these records has, before or at the same time. */
  readonly opening: number;
  readonly personas: Personas;
  readonly threads: Threads;
  readonly jobs: Jobs;
  /** Sees one state, whatever others write meanwhile. */
  read<T>(work: () => T): T;
  /** Nobody else writes meanwhile: what was looked at stays true until what relies on it is in. */
  write<T>(work: () => T): T;
  /** Whether the id was free; from then on it is not. */
  claimId(id: string): boolean;
}
