// The handlers that the page on error handling shows, run as they stand there: against the API, and where nobody answers.

import { runSnippet, type Snippet, snippetsIn } from "@sluice-internal/reference-checks/snippets";
import { pagesOf, referenceOf } from "sluice/reference";
import { describe, expect, test } from "vitest";
import { mentova } from "../../contract/index.ts";
import { type LiveApi, startApi } from "../live-api.ts";

const reference = referenceOf(mentova);
const page = pagesOf(mentova).find(({ path }) => path === "error-handling");
const handlers = snippetsIn(page?.markdown ?? "");

/** What a program does with its handler, in its own language. */
const uses: Readonly<Record<string, { readonly good: string; readonly bad: string }>> = {
  ts: {
    good: `console.log((await call("GET", "/brands")).status);`,
    bad: `try { await call("POST", "/brands", {}, 2); } catch (error) {
      console.log(error.code, error.retryable, "|", error.userMessage);
    }`,
  },
  python: {
    good: `print(call("GET", "/brands").status)`,
    bad: `try:
    call("POST", "/brands", {}, 2)
except MentovaError as error:
    print(error.code, str(error.retryable).lower(), "|", error.user_message)`,
  },
};

function run(handler: Snippet, after: string, standIn: string, key: string) {
  const { origin, keyVariable } = reference;
  return runSnippet(handler, {
    origin,
    standIn,
    env: { [keyVariable]: key },
    after: `\n${after}\n`,
  });
}

async function runAgainst(api: LiveApi, handler: Snippet, use: "good" | "bad") {
  const { origin } = new URL(api.url);
  const key = api.keys.test;
  const said = await run(handler, uses[handler.language]?.[use] ?? "", origin, key);
  expect(said.stdout + said.stderr).not.toContain(key);
  return said;
}

test("there is one in each language", () => {
  expect(handlers.map(({ language }) => language)).toEqual(["ts", "python"]);
});

describe.each(handlers)("the handler in $language", (handler) => {
  test("hands on what succeeds", async () => {
    const { stdout, stderr } = await runAgainst(await startApi(), handler, "good");
    expect(stdout.trim(), stderr).toBe("200");
  });

  test("throws at once what cannot succeed, with a text for users and a line for the log", async () => {
    const { stdout, stderr } = await runAgainst(await startApi(), handler, "bad");
    expect(stdout.trim()).toBe(
      "VALIDATION_ERROR false | Something went wrong. Please try again later.",
    );
    const lines = stderr.trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      attempt: 1,
      code: "VALIDATION_ERROR",
      endpoint: "POST /brands",
      status: mentova.wire.codes.VALIDATION_ERROR.status,
    });
  });

  test("tries again where nobody answers, and says so at last", async () => {
    const bad = uses[handler.language]?.bad ?? "";
    // Port 1 is nobody's.
    const { stdout, stderr } = await run(handler, bad, "http://127.0.0.1:1", "a key");
    expect(stdout.trim(), stderr).toMatch(/^unknown true \| /);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });
});
