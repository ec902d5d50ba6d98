// ky over our client: the key is in the client alone, and what ky throws is our error.
import { readFileSync } from "node:fs";
import { wire } from "@sluice-apis/mavera/wire";
import ky from "ky";
import { apiErrorIn, createClient } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { baseUrl, keys } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;

function kyFor(apiKey: string) {
  const client = createClient(wire, { apiKey, baseUrl });
  // The client has deadlines of its own: ky's ten seconds would cut off a wait that it is right to make.
  return ky.create({ prefix: baseUrl, fetch: client.fetchOrThrow, retry: 0, timeout: false });
}

for (const [key, headers] of [
  ["starter", {}],
  ["exhausted", {}],
  ["test", { "Sluice-Simulate": "internal_error; times=1" }],
  ["test", { "Sluice-Simulate": "service_unavailable" }],
] as const) {
  const json = { model: "mavera-1", input: "Who buys running shoes?" };
  try {
    const answer = kyFor(keys[key]).post("responses", { json, headers });
    const { usage } = await answer.json<{ usage: { credits_used: number } }>();
    console.log(`${key}: ${usage.credits_used} credits`);
  } catch (error) {
    const refusal = apiErrorIn(error);
    if (refusal === undefined) throw error;
    const { code, attempts, action, userMessage } = refusal;
    console.log(`${code}, after ${attempts} (${action}): ${userMessage}`);
  }
}
