// axios over our client: the key is in the client alone, and what axios rejects with is our error.
import { readFileSync } from "node:fs";
import { wire } from "@sluice-apis/mavera/wire";
import axios from "axios";
import { apiErrorIn, createClient } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { baseUrl, keys } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;

function axiosFor(apiKey: string) {
  const client = createClient(wire, { apiKey, baseUrl });
  const mavera = axios.create({
    baseURL: baseUrl,
    adapter: "fetch",
    env: { fetch: client.fetchOrThrow },
  });
  // Ours is the cause of axios's own error, which has the whole request in it.
  mavera.interceptors.response.use(undefined, (error) => {
    throw apiErrorIn(error) ?? error;
  });
  return mavera;
}

for (const [key, headers] of [
  ["starter", {}],
  ["exhausted", {}],
  ["test", { "Sluice-Simulate": "internal_error; times=1" }],
  ["test", { "Sluice-Simulate": "service_unavailable" }],
] as const) {
  const question = { model: "mavera-1", input: "Who buys running shoes?" };
  try {
    const { data } = await axiosFor(keys[key]).post("/responses", question, { headers });
    console.log(`${key}: ${data.usage.credits_used} credits`);
  } catch (error) {
    const refusal = apiErrorIn(error);
    if (refusal === undefined) throw error;
    const { code, attempts, action, userMessage } = refusal;
    console.log(`${code}, after ${attempts} (${action}): ${userMessage}`);
  }
}
