// One place that handles every refusal: what to log, what to tell the user, and what only a person can put right.

import { readFileSync } from "node:fs";
import { type mavera, wire } from "@sluice-apis/mavera/contract";
import { createClient, isApiErrorOf } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { baseUrl, keys } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;

/** The answer, or what to tell the user. */
async function ask(apiKey: string, input: string): Promise<string> {
  const client = createClient<typeof mavera>(wire, { apiKey, baseUrl });
  try {
    const answer = await client.call("createResponse", { body: { model: "mavera-1", input } });
    return `${answer.usage.credits_used} credits`;
  } catch (error) {
    if (!isApiErrorOf(wire, error)) throw error;
    console.error(JSON.stringify(error)); // what support asks for; never the key
    switch (error.code) {
      case "credits_exhausted":
      case "budget_exceeded":
        return `${error.userMessage} (tell the owner: ${error.action})`;
      case "rate_limit_exceeded":
        return `${error.userMessage} (again at ${error.retryAt?.toISOString()})`;
      default:
        return error.userMessage;
    }
  }
}

for (const key of ["starter", "exhausted", "overBudget", "revoked", "viewer"]) {
  console.log(`${key}: ${await ask(keys[key], "Hello")}`);
}
