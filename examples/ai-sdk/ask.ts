// The Vercel AI SDK over our client: what it throws, or tells of a stream, is our error, asked for as often as it should be.
import { readFileSync } from "node:fs";
import { createOpenAI } from "@ai-sdk/openai";
import { wire } from "@sluice-apis/mavera/wire";
import { generateText, streamText } from "ai";
import { apiErrorIn, createClient } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { baseUrl, keys } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;

function modelFor(apiKey: string) {
  const client = createClient(wire, { apiKey, baseUrl });
  const mavera = createOpenAI({ apiKey, baseURL: baseUrl, fetch: client.fetchOrThrow });
  return mavera.responses("mavera-1");
}

function tell(error: unknown) {
  const refusal = apiErrorIn(error);
  if (refusal === undefined) throw error;
  const { code, attempts, action, userMessage } = refusal;
  console.log(`${code}, after ${attempts} (${action}): ${userMessage}`);
}

for (const [key, headers] of [
  ["starter", {}],
  ["exhausted", {}],
  ["test", { "Sluice-Simulate": "internal_error; times=1" }],
  ["test", { "Sluice-Simulate": "service_unavailable" }],
] as const) {
  const question = { prompt: "Who buys running shoes?", headers, maxRetries: 0 };
  try {
    const { text } = await generateText({ ...question, model: modelFor(keys[key]) });
    console.log(`${key}: ${text}`);
  } catch (error) {
    tell(error);
  }
  // A stream that is refused ends without a word: only `onError` hears why.
  const onError = ({ error }: { error: unknown }) => tell(error);
  const stream = streamText({ ...question, model: modelFor(keys[key]), onError });
  for await (const piece of stream.textStream) process.stdout.write(piece);
  console.log();
}
