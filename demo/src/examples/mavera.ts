// What to try with Mavera.

import type { Access } from "../home.ts";
import { type Example, type Sent, sender, statusOnly } from "./curl.ts";

const hello = { model: "mavera-1", input: "Hello" };
const video = {
  video_url: "https://example.com/spot.mp4",
  title: "Spring spot",
  brand: "Acme",
  product: "Running shoes",
  primary_intent: "Persuasive",
  goal: "Find out whether it persuades.",
  delay: 20_000,
};

export function maveraExamples({ baseUrl, keys, ids }: Access<"mavera">): readonly Example[] {
  const curl = sender(baseUrl, (key) => `Authorization: Bearer ${key}`);
  const list = curl("/personas", { key: keys.stranger, shown: statusOnly });
  return [
    {
      title: "Ask for a response, and see what it cost",
      answer: "200 with X-RateLimit-Remaining, and credits_used in the body",
      command: curl("/responses", { key: keys.starter, json: hello }),
      telling: true,
    },
    {
      title: "The same as a stream: the completion leaves once it is paid for",
      answer: "200, and events until response.completed",
      command: curl("/responses", {
        key: keys.starter,
        json: { ...hello, stream: true, delay: 2_000 },
        shown: "-i -N",
      }),
      telling: true,
    },
    {
      title: "A stream that takes too long ends with the same error object, and is not charged",
      answer: "200, and after 30 seconds the event error: service_unavailable",
      command: curl("/responses", {
        key: keys.enterprise,
        json: { ...hello, stream: true, delay: 60_000 },
        shown: "-i -N",
      }),
      isSlow: true,
    },
    {
      title: "Start four video analyses where three may run",
      answer: "201, 201, 201, then 429 rate_limit_exceeded: a slot stays taken until its job ends",
      command: [1, 2, 3, 4]
        .map(() =>
          curl("/video-analyses", { key: keys.enterprise, json: video, shown: statusOnly }),
        )
        .join("; "),
    },
    {
      title: "Ask 61 times within a minute",
      answer: "60 times 200, then 429 rate_limit_exceeded with the exact Retry-After",
      command: `for i in $(seq 61); do ${list}; done | sort | uniq -c`,
      telling: true,
    },
    {
      title: "See what is left",
      answer: "200",
      command: curl("/usage", { key: keys.starter }),
    },
    ...refusalsOf(curl, { keys, ids }),
    {
      title: "Get any refusal on demand, with a test key",
      answer: "503 service_unavailable with Retry-After",
      command: curl("/personas", {
        key: keys.test,
        headers: ["Sluice-Simulate: service_unavailable"],
      }),
    },
  ];
}

function refusalsOf(
  curl: (path: string, sent: Sent) => string,
  { keys, ids }: Pick<Access<"mavera">, "keys" | "ids">,
): readonly Example[] {
  const ask = (key: string | undefined, changed: object = {}) =>
    curl("/responses", { ...(key && { key }), json: { ...hello, ...changed } });
  return [
    { title: "Send no key", answer: "401 missing_api_key", command: ask(undefined) },
    { title: "Send a revoked key", answer: "401 revoked_api_key", command: ask(keys.revoked) },
    { title: "Send an expired key", answer: "401 expired_api_key", command: ask(keys.expired) },
    {
      title: "Have no credits left",
      answer: "402 credits_exhausted",
      command: ask(keys.exhausted),
    },
    {
      title: "Have credits, in a workspace whose budget is spent",
      answer: "402 budget_exceeded",
      command: ask(keys.overBudget),
    },
    {
      title: "Call after the subscription has lapsed",
      answer: "402 credits_exhausted, with a message of its own",
      command: ask(keys.lapsed),
    },
    {
      title: "Write with a key that may only read",
      answer: "403 forbidden",
      command: ask(keys.viewer),
    },
    {
      title: "Let somebody else's workspace pay",
      answer: "404 resource_not_found, as if it did not exist",
      command: ask(keys.starter, { workspace_id: ids.foreignWorkspace }),
    },
    {
      title: "Ask for a model that there is not",
      answer: "400 invalid_model",
      command: ask(keys.starter, { model: "gpt-4" }),
    },
    {
      title: "Leave out a required field",
      answer: "400 missing_field",
      command: curl("/responses", { key: keys.starter, json: { model: "mavera-1" } }),
    },
    {
      title: "Name a persona that does not exist",
      answer: "400 invalid_persona",
      command: ask(keys.starter, { persona_id: "nobody" }),
    },
  ];
}
