// `POST /mave/chat`: a question to the research agent. Question and answer enter their thread
// together, once the answer is whole; of one that was broken off, nothing is kept.

import { type Answer, type Call, found } from "./call.ts";
import { isoDate } from "./dates.ts";
import type { ServerEvent } from "./event-stream.ts";
import { Failure } from "./failure.ts";
import { Fields } from "./fields.ts";
import { newId } from "./identifiers.ts";
import { maxIdLength } from "./limits.ts";
import { costSoFar, creditsForMave } from "./prices.ts";
import type { ThreadMessage, ThreadRecord } from "./records.ts";
import { readManner } from "./speaking.ts";
import { answerTo, piecesOf } from "./stand-in.ts";
import { addExchange, draftThread, findOpenThread } from "./threads.ts";

const maxMessageLength = 20_000;

/** The stand-in reads no sources and asks no personas, so it names none. */
interface MaveMessage extends ThreadMessage {
  readonly role: "assistant";
  readonly sources: readonly never[];
  readonly personas_used: readonly never[];
  readonly usage: { readonly credits_used: number };
}

export function askMave(call: Call): Answer {
  const { environment, caller, body } = call;
  const fields = Fields.ofBody(body);
  const message = fields.text("message", { max: maxMessageLength });
  const threadId = fields.optionalText("thread_id", { max: maxIdLength });
  const workspaceId = fields.optionalText("workspace_id", { max: maxIdLength });
  const { stream, delayMs } = readManner(fields);
  if (fields.failure) return fields.failure;
  const { accountId } = caller;
  const thread =
    threadId === undefined
      ? draftThread(environment, {
          accountId,
          workspaceId: workspaceId ?? caller.workspaceId ?? null,
          message,
        })
      : findOpenThread(environment, accountId, threadId);
  if (thread instanceof Failure) return thread;

  const question = questionIn(call, thread, message);
  const answer = answerIn(call, thread, message);
  const credits = answer.usage.credits_used;
  const { write } = environment.records;
  const keep = () => {
    // Others may have filled the thread in the meantime.
    const open = threadId && findOpenThread(environment, accountId, threadId);
    if (open instanceof Failure) return open;
    addExchange(environment, thread, { messages: [question, answer], credits });
    return found(answer);
  };
  return {
    stream,
    delayMs,
    whole: () => write(keep),
    events: () => eventsOf(answer, () => write(keep)),
  };
}

function questionIn({ environment }: Call, thread: ThreadRecord, message: string): ThreadMessage {
  return {
    id: newId(environment, "mave_msg_"),
    object: "mave_message",
    thread_id: thread.id,
    role: "user",
    content: message,
    created_at: isoDate(environment.clock.wallMs()),
  };
}

function answerIn({ environment }: Call, thread: ThreadRecord, message: string): MaveMessage {
  return {
    id: newId(environment, "mave_msg_"),
    object: "mave_message",
    thread_id: thread.id,
    role: "assistant",
    content: answerTo(message),
    sources: [],
    personas_used: [],
    usage: { credits_used: creditsForMave(message) },
    created_at: isoDate(environment.clock.wallMs()),
  };
}

function eventsOf(message: MaveMessage, keep: () => unknown): readonly ServerEvent[] {
  const pieces = piecesOf(message.content);
  const named = (type: string, members: object) => ({ name: type, data: { type, ...members } });
  const begun = { ...message, content: "", usage: null };
  return [
    named("mave.message.created", { message: begun }),
    ...pieces.map((delta, index) => ({
      ...named("mave.message.delta", { message_id: message.id, delta }),
      costSoFar: costSoFar(message.usage.credits_used, index + 1, pieces.length),
    })),
    { ...named("mave.message.completed", { message }), effect: keep },
  ];
}
