// Every example of the pages, carried out: the request that a page shows gets the status and the code that it shows. In each
// language as it stands in the page; and for what the request alone does not bring about, rehearsed with a test key.

import { runSnippet, type Snippet, snippetsIn } from "@sluice-internal/reference-checks/snippets";
import { exampleOf, pagesOf, referenceOf } from "sluice/reference";
import { describe, expect, test } from "vitest";
import { type MentovaCode, mentova } from "../../contract/index.ts";
import { type LiveApi, startApi } from "../live-api.ts";

const reference = referenceOf(mentova);
const pages = new Map(pagesOf(mentova).map(({ path, markdown }) => [path, markdown]));
const codes = Object.keys(mentova.wire.codes) as MentovaCode[];
/** Those that a request meets by itself, whoever sends it. */
const provocable = codes.filter((code) => exampleOf(mentova, code).given === undefined);
/** Before anybody reads a header, a test key cannot ask for anything. */
const unreadable = new Set(["malformed_request", "headers_too_large", "request_timeout"]);

function runExample(api: LiveApi, code: MentovaCode, snippet: Snippet) {
  const { bytes = 0 } = { ...(exampleOf(mentova, code).request.body as { bytes?: number }) };
  return runSnippet(snippet, {
    origin: reference.origin,
    standIn: new URL(api.url).origin,
    env: { [reference.keyVariable]: api.keys.test },
    files: { "too-large.json": JSON.stringify("x".repeat(bytes)) },
  });
}

function snippetOf(code: MentovaCode, language: string): Snippet {
  const example = pages.get(`errors/${code}`)?.split("\n## Example\n")[1] ?? "";
  const found = snippetsIn(example).find((one) => one.language === language);
  if (found === undefined) throw new Error(`no ${language} in the page of ${code}`);
  return found;
}

test("most codes can be met by a request alone", () => {
  expect(provocable.length).toBeGreaterThanOrEqual(8);
});

describe.each(provocable)("the example of %s", (code) => {
  const { status } = mentova.wire.codes[code];
  const { response } = exampleOf(mentova, code);

  test("is refused as the page shows: curl", async () => {
    const { stdout } = await runExample(await startApi(), code, snippetOf(code, "sh"));
    expect(stdout).toMatch(new RegExp(`^HTTP/1.1 ${status} `, "m"));
    expect(stdout.trim().endsWith(response.body)).toBe(true);
  });
});

/** What is refused while it is still being sent may find the connection closed: only curl asks before it sends. */
const sentWhole = provocable.filter(
  (code) => exampleOf(mentova, code).request.body?.kind !== "file",
);

describe.each(sentWhole)("the example of %s, as a program", (code) => {
  const { status } = mentova.wire.codes[code];

  test("is refused as the page shows: TypeScript", async () => {
    const { stderr, exitCode } = await runExample(await startApi(), code, snippetOf(code, "ts"));
    expect(stderr).toContain(`${status} ${code} `);
    expect(stderr).toMatch(/request id [0-9a-f-]{36}/);
    expect(exitCode).toBe(0);
  });

  test("is refused as the page shows: Python", async () => {
    const { stdout, exitCode } = await runExample(
      await startApi(),
      code,
      snippetOf(code, "python"),
    );
    expect(stdout).toContain(`${status} ${code} `);
    expect(stdout).toMatch(/request id [0-9a-f-]{36}/);
    expect(exitCode).toBe(0);
  });
});

describe.each(codes.filter((code) => !unreadable.has(exampleOf(mentova, code).condition)))(
  "the example of %s, rehearsed",
  (code) => {
    test("is answered with the bytes that the page shows", async () => {
      const api = await startApi();
      const { request, response, condition } = exampleOf(mentova, code);
      const { pathname, search } = new URL(request.origin + request.target);
      const path = `${pathname}${search}`.slice(mentova.wire.basePath.length);
      const reply = await api.send(`${request.method} ${path}`, {
        key: api.keys.test,
        headers: { "Sluice-Simulate": code, ...request.headers },
        ...(request.body?.kind === "json" && { json: request.body.value }),
      });
      expect(reply.status).toBe(response.status);
      // A key of this window is told the whole of it, and the page a part.
      const waits = condition === "rate_limited";
      if (!waits) expect(reply.text).toBe(response.body);
      expect(reply.text).toContain(code);
    });
  },
);
