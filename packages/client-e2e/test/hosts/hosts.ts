// Every host that our `fetch` lives in, set up as docs/clients.md says, and again by somebody who forgot to turn its own
// retries off.

import { createOpenAI } from "@ai-sdk/openai";
import Anthropic from "@anthropic-ai/sdk";
import { QueryClient } from "@tanstack/query-core";
import { generateText, streamText } from "ai";
import axios from "axios";
import ky from "ky";
import OpenAI from "openai";
import { apiErrorIn, type Client } from "sluice/client";
import { apiKey, type streams } from "./contract.ts";

export interface Host {
  readonly name: string;
  /** Asks once, and gives back the text of the answer. */
  ask(client: Client, origin: string): PromiseLike<unknown>;
  /** The same, piece by piece. */
  stream?(client: Client, origin: string): Promise<string>;
  readonly dialect?: keyof typeof streams;
  /** The code of a stream that broke off: SDKs that hand on what they read have none. */
  readonly brokenOff?: string;
  /** The code that an application reads from what it catches. */
  codeOf(thrown: unknown): unknown;
}

const question = { model: "m", input: "Hello" };
const ours = (thrown: unknown) => apiErrorIn(thrown)?.code;

function openaiHost(name: string, own: { maxRetries?: number }): Host {
  const at = ({ fetch }: Client, origin: string) =>
    new OpenAI({ apiKey, baseURL: `${origin}/v1`, fetch, ...own });
  return {
    name,
    dialect: "responses",
    ask: async (client, origin) =>
      (await at(client, origin).responses.create(question)).output_text,
    async stream(client, origin) {
      let text = "";
      const events = await at(client, origin).responses.create({ ...question, stream: true });
      for await (const event of events) {
        if (event.type === "response.output_text.delta") text += event.delta;
      }
      return text;
    },
    codeOf: (thrown) =>
      thrown instanceof OpenAI.APIError ? (thrown.code ?? ours(thrown)) : undefined,
  };
}

function anthropicHost(name: string, own: { maxRetries?: number }): Host {
  const at = ({ fetch }: Client, origin: string) =>
    new Anthropic({ apiKey, baseURL: origin, fetch, ...own });
  const asked = {
    model: "m",
    max_tokens: 64,
    messages: [{ role: "user" as const, content: "Hello" }],
  };
  return {
    name,
    dialect: "messages",
    async ask(client, origin) {
      const [block] = (await at(client, origin).messages.create(asked)).content;
      return block?.type === "text" ? block.text : undefined;
    },
    async stream(client, origin) {
      let text = "";
      for await (const event of await at(client, origin).messages.create({
        ...asked,
        stream: true,
      })) {
        if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") continue;
        text += event.delta.text;
      }
      return text;
    },
    codeOf(thrown) {
      if (!(thrown instanceof Anthropic.APIError)) return undefined;
      const body = thrown.error as { readonly error?: { readonly code?: string } } | undefined;
      return body?.error?.code ?? ours(thrown);
    },
  };
}

function aiSdkHost(name: string, own: { maxRetries?: number }): Host {
  const asked = ({ fetchOrThrow }: Client, origin: string) => {
    const provider = createOpenAI({ apiKey, baseURL: `${origin}/v1`, fetch: fetchOrThrow });
    return { model: provider.responses("m"), prompt: "Hello", ...own };
  };
  return {
    name,
    dialect: "responses",
    ask: async (client, origin) => (await generateText(asked(client, origin))).text,
    async stream(client, origin) {
      const errors: unknown[] = [];
      const onError = ({ error }: { error: unknown }) => void errors.push(error);
      let text = "";
      const { textStream } = streamText({ ...asked(client, origin), onError });
      for await (const piece of textStream) text += piece;
      if (errors.length > 0) throw errors[0];
      return text;
    },
    brokenOff: "connection_failed",
    codeOf: ours,
  };
}

/** axios and ky have no key: the client adds it. */
function axiosHost(name: string, which: "fetch" | "fetchOrThrow"): Host {
  return {
    name,
    async ask(client, origin) {
      const at = axios.create({ baseURL: origin, adapter: "fetch", env: { fetch: client[which] } });
      const { data } = await at.post("/v1/responses", question);
      return data.output[0].content[0].text;
    },
    codeOf: (thrown) =>
      axios.isAxiosError(thrown) ? (ours(thrown) ?? thrown.response?.data?.error?.code) : undefined,
  };
}

function kyHost(name: string, own: { retry?: number }): Host {
  return {
    name,
    async ask({ fetchOrThrow }, origin) {
      const at = ky.create({ prefix: `${origin}/v1`, fetch: fetchOrThrow, timeout: false, ...own });
      const answer = at.post("responses", { json: question });
      return (await answer.json<{ output: [{ content: [{ text: string }] }] }>()).output[0]
        .content[0].text;
    },
    codeOf: ours,
  };
}

const tanStack: Host = {
  name: "TanStack Query",
  async ask(client) {
    const queries = new QueryClient();
    const queryFn = () => client.call("respond", { body: question });
    const data = await queries.fetchQuery({ queryKey: ["ask"], queryFn, retry: false });
    queries.clear();
    return (data as { output: [{ content: [{ text: string }] }] }).output[0].content[0].text;
  },
  codeOf: ours,
};

export const hosts: readonly Host[] = [
  openaiHost("OpenAI", { maxRetries: 0 }),
  openaiHost("OpenAI, its own retries left on", {}),
  anthropicHost("Anthropic", { maxRetries: 0 }),
  anthropicHost("Anthropic, its own retries left on", {}),
  aiSdkHost("AI SDK", { maxRetries: 0 }),
  aiSdkHost("AI SDK, its own retries left on", {}),
  axiosHost("axios", "fetchOrThrow"),
  axiosHost("axios, with answers of the server", "fetch"),
  kyHost("ky", { retry: 0 }),
  kyHost("ky, its own retries left on", {}),
  tanStack,
];
