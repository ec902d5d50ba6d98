// The plain API, called past the gate, to put things in place that would cost many requests and credits.

import type { LiveApi } from "./live-api.ts";

interface Body {
  readonly id: string;
  readonly thread_id: string;
}

async function post(api: LiveApi, accountId: string, path: string, json: object): Promise<Body> {
  const init = { method: "POST", body: JSON.stringify(json) };
  const caller = { accountId, keyId: "test", plan: "starter", limits: {}, requestId: "none" };
  const response = await api.upstream.fetch(new Request(`http://upstream${path}`, init), caller);
  return (await response.json()) as Body;
}

/** The id of a conversation with Mave. */
export async function putThread(api: LiveApi, accountId: string): Promise<string> {
  return (await post(api, accountId, "/mave/chat", { message: "Hello" })).thread_id;
}

/** The id of one that has room for no more. */
export async function putFullThread(api: LiveApi, accountId: string): Promise<string> {
  const thread_id = await putThread(api, accountId);
  for (let n = 2; n <= 50; n++) {
    await post(api, accountId, "/mave/chat", { message: "Hello", thread_id });
  }
  return thread_id;
}

export async function putFocusGroup(api: LiveApi, accountId: string): Promise<string> {
  return (await post(api, accountId, "/focus-groups", { questions: ["Why?"] })).id;
}

export async function putVideoAnalysis(api: LiveApi, accountId: string): Promise<string> {
  return (await post(api, accountId, "/video-analyses", video)).id;
}

/** What a video analysis must be told. */
export const video = {
  video_url: "https://example.com/spot.mp4",
  title: "Spring spot",
  brand: "Acme",
  product: "Running shoes",
  primary_intent: "Persuasive",
  goal: "Find out whether it persuades.",
} as const;
