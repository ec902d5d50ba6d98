// A response as a stream of named events, each with its type and number in its data.

import type { ServerEvent } from "./event-stream.ts";
import type { ModelResponse } from "./model-response.ts";
import { costSoFar } from "./prices.ts";
import { piecesOf } from "./stand-in.ts";

interface Unnumbered {
  readonly type: string;
  readonly members: object;
  readonly costSoFar?: number;
}

export function eventsOfResponse(response: ModelResponse): readonly ServerEvent[] {
  return unnumbered(response).map(({ type, members, ...rest }, index) => ({
    name: type,
    data: { type, sequence_number: index, ...members },
    ...rest,
  }));
}

/** Clients put the parts together themselves: every part is announced before it grows. */
function unnumbered(response: ModelResponse): readonly Unnumbered[] {
  const [message] = response.output;
  const [part] = message.content;
  const { credits_used: credits } = response.usage;
  const pieces = piecesOf(part.text);
  const place = { item_id: message.id, output_index: 0, content_index: 0 };
  const { parsed: _, ...unparsed } = response;
  const begun = { ...unparsed, status: "in_progress", output: [], usage: null };
  const emptyItem = { ...message, status: "in_progress", content: [] };
  const emptyPart = { ...part, text: "" };
  const textDone = { ...place, text: part.text, logprobs: [] };
  return [
    { type: "response.created", members: { response: begun } },
    { type: "response.output_item.added", members: { output_index: 0, item: emptyItem } },
    { type: "response.content_part.added", members: { ...place, part: emptyPart } },
    ...pieces.map((delta, index) => ({
      type: "response.output_text.delta",
      members: { ...place, delta, logprobs: [] },
      costSoFar: costSoFar(credits, index + 1, pieces.length),
    })),
    { type: "response.output_text.done", members: textDone },
    { type: "response.content_part.done", members: { ...place, part } },
    { type: "response.output_item.done", members: { output_index: 0, item: message } },
    { type: "response.completed", members: { response } },
  ];
}
