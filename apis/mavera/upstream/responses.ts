// `POST /responses`: answers an input, in one piece or as a stream.

import { type Answer, type Call, found } from "./call.ts";
import { readInput } from "./conversation.ts";
import { unixSeconds } from "./dates.ts";
import { Failure } from "./failure.ts";
import { type Fields, membersOf } from "./fields.ts";
import { mintId } from "./identifiers.ts";
import { maxTextLength } from "./limits.ts";
import type { ModelResponse, OutputMessage } from "./model-response.ts";
import { creditsForTokens, tokensIn } from "./prices.ts";
import { eventsOfResponse } from "./response-events.ts";
import { readSpeaking } from "./speaking.ts";
import { answerTo, jsonAnswerTo, jsonFormat } from "./stand-in.ts";

export function createResponse(call: Call): Answer {
  const speaking = readSpeaking(call, readQuestion);
  if (speaking instanceof Failure) return speaking;
  const { model, persona, said, stream, delayMs } = speaking;
  const json = said.format && jsonAnswerTo(said.asked, persona);
  const text = json ? JSON.stringify(json) : answerTo(said.asked, persona);
  const { clock, random } = call.environment;
  const message: OutputMessage = {
    id: mintId(random, "msg_"),
    type: "message",
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [] }],
  };
  const response: ModelResponse = {
    id: mintId(random, "resp_"),
    object: "response",
    created_at: unixSeconds(clock.wallMs()),
    status: "completed",
    model,
    output: [message],
    ...(said.format === "json_schema" && json && { parsed: json }),
    usage: usageOf(said.characters, text),
  };
  return {
    stream,
    delayMs,
    whole: () => found(response),
    events: () => eventsOfResponse(response),
  };
}

function readQuestion(fields: Fields) {
  const { asked, characters } = readInput(fields);
  const instructions = fields.optionalText("instructions", { min: 0, max: maxTextLength }) ?? "";
  const format = jsonFormat(membersOf(fields.any("text"))?.get("format"));
  return { asked, characters: characters + instructions.length, format };
}

function usageOf(characters: number, text: string): ModelResponse["usage"] {
  const inputTokens = tokensIn(characters);
  const outputTokens = tokensIn(text.length);
  const total = inputTokens + outputTokens;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: total,
    credits_used: creditsForTokens(total),
  };
}
