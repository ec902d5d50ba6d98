// The three operations that stream: what to ask them for, and what their events come to.

import type { ServerSentEvent } from "./sse.ts";

export interface Streaming {
  readonly what: string;
  /** Something that costs more than a credit, so that half of it costs less than all. */
  readonly json: object;
  readonly credits: number;
  /** The events of a whole stream. */
  readonly events: number;
  /** What a stream has cost up to its `delta`th piece of text. */
  readonly costAfter: (deltas: number) => number;
  readonly isDelta: (event: ServerSentEvent) => boolean;
  readonly isCompletion: (event: ServerSentEvent) => boolean;
  readonly textOf: (event: ServerSentEvent) => string;
}

const text = "lorem ipsum dolor sit amet ".repeat(800);
const pieces = 12;

/** Whole credits, spread evenly over the pieces. */
const share = (credits: number, all: number) => (deltas: number) =>
  Math.ceil((credits * deltas) / all);

export const streamings: Readonly<Record<string, Streaming>> = {
  "a response": {
    what: "POST /responses",
    json: { model: "mavera-1", input: text, stream: true },
    credits: 5,
    events: 3 + pieces + 4 + 1,
    costAfter: share(5, pieces),
    isDelta: ({ name }) => name === "response.output_text.delta",
    isCompletion: ({ name }) => name === "response.completed",
    textOf: ({ data }) => data.delta,
  },
  "a chat completion": {
    what: "POST /chat/completions",
    json: { model: "mavera-1", messages: [{ role: "user", content: text }], stream: true },
    credits: 5,
    events: 1 + pieces + 1 + 1,
    costAfter: share(5, pieces),
    isDelta: ({ data }) => data?.choices[0].delta.content?.length > 0,
    isCompletion: ({ text: data }) => data === "[DONE]",
    textOf: ({ data }) => data.choices[0].delta.content,
  },
  "an answer of Mave's": {
    what: "POST /mave/chat",
    json: { message: text.slice(0, 1_500), stream: true },
    credits: 40,
    events: 1 + pieces + 1 + 1,
    costAfter: share(40, pieces),
    isDelta: ({ name }) => name === "mave.message.delta",
    isCompletion: ({ name }) => name === "mave.message.completed",
    textOf: ({ data }) => data.delta,
  },
};
