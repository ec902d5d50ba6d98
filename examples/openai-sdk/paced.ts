// The same SDK over our client: refusals are handled below it, and its own retries do not multiply ours.
import { readFileSync } from "node:fs";
import { wire } from "@sluice-apis/mavera/wire";
import OpenAI from "openai";
import { createClient, type PublicEvent } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { mavera } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8"));
let attempts = 0;
const onEvent = (event: PublicEvent) => {
  if (event.kind === "sent") attempts = event.attempts;
};
const apiKey: string = mavera.keys.test;
const baseUrl: string = mavera.baseUrl;

const client = createClient(wire, { apiKey, baseUrl, onEvent });
const openai = new OpenAI({ apiKey, baseURL: baseUrl, fetch: client.fetch });

const question = { model: "mavera-1", input: "Hello" };
for (const simulated of ["internal_error; times=1", "service_unavailable"]) {
  const headers = { "Sluice-Simulate": simulated };
  try {
    await openai.responses.create(question, { headers });
    console.log(`answered, after ${attempts} attempts`);
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    console.log(`${error.code}, after ${attempts} attempts`);
  }
}
