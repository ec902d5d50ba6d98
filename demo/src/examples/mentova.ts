// What to try with Mentova.

import type { Access } from "../home.ts";
import { type Example, type Sent, sender, statusOnly } from "./curl.ts";

export function mentovaExamples({ baseUrl, keys, ids }: Access<"mentova">): readonly Example[] {
  const curl = sender(baseUrl, (key) => `X-API-Key: ${key}`);
  const campaigns = `/brands/${ids.brand}/campaigns`;
  const exhaustedCampaigns = `/brands/${ids.exhaustedBrand}/campaigns`;
  const once = curl("/brands", { key: keys.stranger, shown: statusOnly });
  return [
    {
      title: "List the brands of an account",
      answer: "200",
      command: curl("/brands", { key: keys.agency }),
      telling: true,
    },
    {
      title: "Launch a campaign: 10 prompts on models of 1 + 1 slots, 20 credits",
      answer: "201, the same answer when repeated, and charged once",
      command: curl(campaigns, {
        key: keys.agency,
        json: { topicId: ids.topic },
        headers: ["Idempotency-Key: paste-me-twice"],
      }),
    },
    {
      title: "Launch one without the credits for it: nothing starts, nothing is charged",
      answer: "422 QUOTA_EXCEEDED",
      command: curl(exhaustedCampaigns, {
        key: keys.exhausted,
        json: { topicId: ids.exhaustedTopic },
      }),
      telling: true,
    },
    {
      title: "Ask 61 times within a minute",
      answer: "60 times 200, then 429 RATE_LIMITED with Retry-After: 60",
      command: `for i in $(seq 61); do ${once}; done | sort | uniq -c`,
      telling: true,
    },
    ...refusalsOf(curl, { keys, ids }),
    {
      title: "Get any refusal on demand, with a test key: here an outage",
      answer: "503 SERVICE_UNAVAILABLE with Retry-After: 1",
      command: curl("/brands", {
        key: keys.test,
        headers: ["Sluice-Simulate: SERVICE_UNAVAILABLE"],
      }),
    },
    {
      title: "The same, for the first two requests only: what a client's retries must survive",
      answer: "500 INTERNAL_ERROR twice, then 200",
      command: curl("/brands", {
        key: keys.test,
        headers: ["Sluice-Simulate: INTERNAL_ERROR; times=2"],
      }),
    },
  ];
}

function refusalsOf(
  curl: (path: string, sent: Sent) => string,
  { keys, ids }: Pick<Access<"mentova">, "keys" | "ids">,
): readonly Example[] {
  return [
    { title: "Send no key", answer: "401 MISSING_API_KEY", command: curl("/brands", {}) },
    {
      title: "Send a revoked key",
      answer: "401 INVALID_API_KEY",
      command: curl("/brands", { key: keys.revoked }),
    },
    {
      title: "Call from the free plan",
      answer: "403 PLAN_REQUIRED",
      command: curl("/brands", { key: keys.free }),
    },
    {
      title: "Ask for a brand of another account",
      answer: "404 NOT_FOUND, as if it did not exist",
      command: curl(`/brands/${ids.foreignBrand}`, { key: keys.agency }),
    },
    {
      title: "Ask for a page that cannot be",
      answer: "400 BAD_REQUEST",
      command: curl(`/brands/${ids.brand}/campaigns?limit=abc`, { key: keys.agency }),
    },
    {
      title: "Leave out a required field",
      answer: "422 VALIDATION_ERROR",
      command: curl("/brands", { key: keys.agency, json: {} }),
    },
    {
      title: "Use a brand's name again",
      answer: "409 CONFLICT",
      command: curl("/brands", { key: keys.agency, json: { name: "Acme Corp" } }),
    },
    {
      title: "Create two brands where the plan has room for one",
      answer: "201, then 422 LIMIT_REACHED",
      command: ["One more", "One too many"]
        .map((name) => curl("/brands", { key: keys.agency, json: { name } }))
        .join("; echo; "),
    },
    {
      title: "Add a sixth avatar to a brand",
      answer: "422 LIMIT_EXCEEDED",
      command: curl(`/brands/${ids.fullBrand}/avatars`, {
        key: keys.agency,
        json: { name: "Number six" },
      }),
    },
    {
      title: "Use a method that is not there",
      answer: "405 METHOD_NOT_ALLOWED with Allow",
      command: curl("/brands", { key: keys.agency, method: "PUT" }),
    },
  ];
}
