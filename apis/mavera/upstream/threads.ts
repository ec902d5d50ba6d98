// Threads: conversations with Mave, each with a bounded number of messages.

import { type Answer, type Call, type Environment, found } from "./call.ts";
import { isoDate } from "./dates.ts";
import { absent, Failure } from "./failure.ts";
import { Fields } from "./fields.ts";
import { newId } from "./identifiers.ts";
import { maxIdLength, maxSearchLength } from "./limits.ts";
import { answerFromCursor } from "./paging.ts";
import type { ThreadMessage, ThreadRecord } from "./records.ts";

const maxMessages = 100;
const maxTitleLength = 100;

export function listThreads({ environment, caller, query }: Call): Answer {
  const fields = Fields.ofQuery(query);
  const filter = {
    accountId: caller.accountId,
    workspaceId: fields.optionalText("workspace_id", { max: maxIdLength }),
    search: fields.optionalText("search", { min: 0, max: maxSearchLength }),
  };
  return answerFromCursor(fields, (page) =>
    environment.records.threads.page(filter, page)?.map(show),
  );
}

export function getThread({ environment, caller }: Call, threadId = ""): Answer {
  const { threads } = environment.records;
  const thread = threads.find(caller.accountId, threadId);
  if (thread === undefined) return absent("Thread");
  return found({ ...show(thread), messages: threads.messages(thread) });
}

/** A thread that is there and has room for one more question and its answer. */
export function findOpenThread(
  { records }: Environment,
  accountId: string,
  threadId: string,
): ThreadRecord | Failure {
  const thread = records.threads.find(accountId, threadId);
  if (thread === undefined) return absent("Thread", "thread_id");
  if (thread.messageCount + 2 <= maxMessages) return thread;
  const detail = `The thread is full: it has ${maxMessages} messages. Begin a new one.`;
  return new Failure("conflict", detail, "thread_id");
}

/** A thread that is not in the records yet: it comes to be with its first answer. */
export function draftThread(
  environment: Environment,
  draft: { accountId: string; workspaceId: string | null; message: string },
): ThreadRecord {
  const nowMs = environment.clock.wallMs();
  return {
    id: newId(environment, "mave_thread_"),
    accountId: draft.accountId,
    workspaceId: draft.workspaceId,
    title: draft.message.trim().slice(0, maxTitleLength).toWellFormed(),
    messageCount: 0,
    creditsUsed: 0,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

/** A question with its answer, both or neither. */
export function addExchange(
  { records: { threads }, clock }: Environment,
  thread: ThreadRecord,
  { messages, credits }: { messages: readonly ThreadMessage[]; credits: number },
): void {
  const before = threads.find(thread.accountId, thread.id);
  const current = before ?? thread;
  const updated: ThreadRecord = {
    ...current,
    messageCount: current.messageCount + messages.length,
    creditsUsed: current.creditsUsed + credits,
    updatedAtMs: clock.wallMs(),
  };
  if (before === undefined) threads.insert(updated);
  else threads.replace(updated);
  for (const message of messages) threads.addMessage(updated, message);
}

function show(thread: ThreadRecord) {
  return {
    id: thread.id,
    object: "mave_thread",
    title: thread.title,
    workspace_id: thread.workspaceId,
    message_count: thread.messageCount,
    credits_used: thread.creditsUsed,
    created_at: isoDate(thread.createdAtMs),
    updated_at: isoDate(thread.updatedAtMs),
  };
}
