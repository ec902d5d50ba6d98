// `POST /chat/completions`: the older format of the same answers. Its events have no names; a chunk
// of the text comes with a reason to finish only at the end.

import { type Answer, type Call, found } from "./call.ts";
import { readMessages } from "./conversation.ts";
import { unixSeconds } from "./dates.ts";
import type { ServerEvent } from "./event-stream.ts";
import { Failure } from "./failure.ts";
import type { Fields } from "./fields.ts";
import { mintId } from "./identifiers.ts";
import { costSoFar, creditsForTokens, tokensIn } from "./prices.ts";
import { readSpeaking } from "./speaking.ts";
import { answerTo, jsonAnswerTo, jsonFormat, piecesOf } from "./stand-in.ts";

interface Completion {
  readonly head: { readonly id: string; readonly created: number; readonly model: string };
  readonly text: string;
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
    readonly credits_used: number;
  };
}

export function createChatCompletion(call: Call): Answer {
  const speaking = readSpeaking(call, readConversation);
  if (speaking instanceof Failure) return speaking;
  const { model, persona, said, stream, delayMs } = speaking;
  const { clock, random } = call.environment;
  const text = said.isJson
    ? JSON.stringify(jsonAnswerTo(said.asked, persona))
    : answerTo(said.asked, persona);
  const completion: Completion = {
    head: { id: mintId(random, "chatcmpl_"), created: unixSeconds(clock.wallMs()), model },
    text,
    usage: usageOf(said.characters, text),
  };
  return {
    stream,
    delayMs,
    whole: () => found(inOnePiece(completion)),
    events: () => inChunks(completion),
  };
}

function readConversation(fields: Fields) {
  const isJson = jsonFormat(fields.any("response_format")) !== undefined;
  return { ...readMessages(fields), isJson };
}

function usageOf(characters: number, text: string): Completion["usage"] {
  const promptTokens = tokensIn(characters);
  const completionTokens = tokensIn(text.length);
  const total = promptTokens + completionTokens;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: total,
    credits_used: creditsForTokens(total),
  };
}

function inOnePiece({ head, text, usage }: Completion): object {
  const message = { role: "assistant", content: text };
  const choices = [{ index: 0, message, finish_reason: "stop" }];
  return { ...head, object: "chat.completion", choices, usage };
}

function inChunks({ head, text, usage }: Completion): readonly ServerEvent[] {
  const pieces = piecesOf(text);
  const chunk = (delta: object, finishReason: "stop" | null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });
  return [
    { data: chunk({ role: "assistant", content: "" }, null) },
    ...pieces.map((content, index) => ({
      data: chunk({ content }, null),
      costSoFar: costSoFar(usage.credits_used, index + 1, pieces.length),
    })),
    { data: { ...chunk({}, "stop"), usage } },
  ];
}
