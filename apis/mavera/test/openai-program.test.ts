// A program of its own that uses the OpenAI SDK as anybody would, in a process that knows nothing of these tests.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";

const program = `import OpenAI from "openai";

const client = new OpenAI();
try {
  const stream = await client.responses.create({
    model: "mavera-1",
    input: "Hello",
    stream: true,
  });
  for await (const event of stream) {
    if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
  }
} catch (error) {
  if (error instanceof OpenAI.APIError) {
    process.stdout.write([error.constructor.name, error.status, error.code, error.param].join(" "));
  } else throw error;
}`;

/** Runs it with nothing set but the two variables that the SDK reads; gives what it wrote. */
function run(api: LiveApi, key: string): Promise<string> {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const env = { OPENAI_BASE_URL: api.url, OPENAI_API_KEY: key };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ["--input-type=module", "--eval", program],
      { cwd, env },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    );
  });
}

describe("a program with the OpenAI SDK", () => {
  test("writes the answer as it comes, and is charged once", async () => {
    const api = await startApi();
    expect(await run(api, api.keys.starter)).toBe(
      'This is a stand-in: no model was asked. You said: "Hello"',
    );
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });

  test("learns what was wrong, and does not ask again", async () => {
    const api = await startApi();
    expect(await run(api, api.keys.exhausted)).toBe("APIError 402 credits_exhausted ");
    expect(await run(api, api.keys.revoked)).toBe("AuthenticationError 401 revoked_api_key ");
    expect(api.stores.log.find({ limit: 10 })).toHaveLength(2);
  });
});
