// One API in the dialects of all hosts: the same refusals, whichever SDK asks. And a server of it, by script, that charges.

import { defineWire, standard } from "sluice";
import { eventOf, type Scripted, type ScriptedServer, startServer } from "../scripted-server.ts";

export const wire = defineWire({
  ...standard.wire,
  about: { title: "Polyglot" },
  basePath: "/v1",
  key: {
    prefixes: { live: "poly_live_" },
    alphabet: "base62",
    length: 32,
    places: [{ bearer: true }],
  },
  plans: ["free"],
  windows: {},
  headers: { rateLimit: "none" },
  operations: {
    respond: {
      method: "POST",
      path: "/responses",
      summary: "As OpenAI's SDK asks, and Vercel's.",
      idempotency: true,
      stream: { completion: { event: "response.completed" } },
    },
    message: {
      method: "POST",
      path: "/messages",
      summary: "As Anthropic's SDK asks.",
      idempotency: true,
      stream: { completion: { event: "message_stop" } },
    },
  },
});

export const apiKey = `poly_live_${"a1B2".repeat(8)}`;

/** What becomes of one request: the work is done, it is refused, or it is done and the answer arrives not at all, or half. */
export type Fate =
  | "done"
  | "lost"
  | "half"
  | readonly [status: number, code: string, retryAfterSeconds?: number]
  /** Events of a stream: the work that they tell of is done, whatever comes of them. */
  | { readonly events: readonly string[]; readonly breaks?: boolean };

export interface Polyglot extends ScriptedServer {
  /** How often work was charged: once for each idempotency key. */
  charges(): number;
}

/** @param fates of the requests, one by one; the last one is that of all others, too. */
export async function startPolyglot(fates: readonly Fate[]): Promise<Polyglot> {
  const charged = new Set<string>();
  const server = await startServer(({ url, headers }, n): Scripted => {
    const fate = fates[n - 1] ?? fates.at(-1) ?? "done";
    if (Array.isArray(fate)) return refusalOf(fate as Extract<Fate, readonly unknown[]>);
    charged.add(String(headers["idempotency-key"] ?? n));
    if (fate === "lost") return { status: 0, isLost: true };
    if (typeof fate === "object" && "events" in fate) return { status: 200, ...fate };
    const body = url.endsWith("/messages") ? message : response;
    return { status: 200, body, isCut: fate === "half" };
  });
  return { ...server, charges: () => charged.size };
}

/** What a proxy says has no code. */
function refusalOf([status, code, retryAfter]: Extract<Fate, readonly unknown[]>): Scripted {
  if (code === "") return { status, body: "<html>Bad Gateway</html>" };
  const headers: Record<string, string> = { "x-request-id": "req_1" };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  return { status, headers, body: refusalBody(code) };
}

export function refusalBody(code: string): object {
  const { type } = wire.codes[code as keyof typeof wire.codes];
  return { error: { message: `It says ${code}.`, type, code, param: null } };
}

const text = { type: "output_text", text: "Hello.", annotations: [] };
const item = { id: "msg_1", type: "message", role: "assistant", status: "completed" };
const response = {
  id: "resp_1",
  object: "response",
  created_at: 1_800_000_000,
  model: "m",
  status: "completed",
  output: [{ ...item, content: [text] }],
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
};
const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "m",
  content: [{ type: "text", text: "Hello." }],
  stop_reason: "end_turn",
  usage: { input_tokens: 1, output_tokens: 1 },
};

/** The same answer as each dialect streams it. */
export const streams = {
  responses: [
    { type: "response.created", sequence_number: 0, response: { ...response, output: [] } },
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
    { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, delta: "Hello." },
    { type: "response.output_item.done", output_index: 0, item: { ...item, content: [text] } },
    { type: "response.completed", sequence_number: 4, response },
  ].map((event) => eventOf(event, event.type)),
  messages: [
    { type: "message_start", message: { ...message, content: [], stop_reason: null } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello." } },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ].map((event) => eventOf(event, event.type)),
} as const;
