// The `fetch` snippet at the end of Mentova's page about errors runs as it stands there, with nothing changed
// but the address and the key.

import { execFile } from "node:child_process";
import { describe, expect, test } from "vitest";
import { agencyId, type LiveApi, startApi } from "./live-api.ts";

const documented = `const res = await fetch("https://mentova.ai/api/v1/brands", {
  headers: { "X-API-Key": "mtv_live_your_key" },
});

if (!res.ok) {
  const { error, code } = await res.json();

  if (res.status === 429) {
    const retryAfter = res.headers.get("Retry-After");
    console.error(\`Rate limited. Retry after \${retryAfter}s\`);
  } else if (code === "QUOTA_EXCEEDED") {
    console.error("Not enough credits:", error);
  } else {
    console.error(\`API error [\${code}]:\`, error);
  }
}`;

/** Runs the snippet as a program of its own; gives what it wrote to its error stream. */
function runSnippet(api: LiveApi, key: string): Promise<string> {
  const program = documented
    .replace("https://mentova.ai/api/v1", api.url)
    .replace("mtv_live_your_key", key);
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ["--input-type=module", "--eval", program],
      (error, _stdout, stderr) => (error === null ? resolve(stderr) : reject(error)),
    );
  });
}

describe("the documents' own snippet", () => {
  test("says nothing when all is well", async () => {
    const api = await startApi();
    api.upstream.addBrand(agencyId, { name: "Acme" });
    expect(await runSnippet(api, api.keys.agency)).toBe("");
  });

  test("tells how long to wait when the rate limit is reached", async () => {
    const api = await startApi();
    for (let n = 1; n <= 60; n++) await api.send("GET /brands");
    expect(await runSnippet(api, api.keys.agency)).toBe("Rate limited. Retry after 60s\n");
  });

  test("tells code and message of any other refusal", async () => {
    const api = await startApi();
    expect(await runSnippet(api, api.keys.revoked)).toBe(
      "API error [INVALID_API_KEY]: API key is invalid or has been revoked\n",
    );
    expect(await runSnippet(api, api.keys.free)).toBe(
      "API error [PLAN_REQUIRED]: API access requires Agency plan\n",
    );
  });
});
