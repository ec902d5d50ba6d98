// The OpenAI SDK, unmodified, against the demo's Mavera: an answer as it is written, and a refusal that says what to fix.
import { readFileSync } from "node:fs";
import OpenAI from "openai";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { mavera } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8"));
const client = new OpenAI({ apiKey: mavera.keys.starter, baseURL: mavera.baseUrl });

const question = { model: "mavera-1", input: "What do you think of running shoes?" };
for await (const event of await client.responses.create({ ...question, stream: true })) {
  if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
}

try {
  await client.responses.create({ ...question, model: "gpt-4" });
} catch (error) {
  if (!(error instanceof OpenAI.BadRequestError)) throw error;
  console.log(`\n${error.code}: ${error.message} (param ${error.param}, ${error.requestID})`);
}
