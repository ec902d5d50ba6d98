// Every example of the pages, carried out: the request that a page shows gets the status and the code that it shows. In each
// language as it stands in the page; and for what the request alone does not bring about, rehearsed with a test key.

import type { AnyApi } from "sluice";
import { exampleOf, pagesOf, type Reference, referenceOf } from "sluice/reference";
import { describe, expect, test } from "vitest";
import { runSnippet, type Snippet, snippetsIn } from "./snippets.ts";

/** An API that serves, as the tests of an API start one. */
export interface Served {
  readonly url: string;
  readonly keys: { readonly test: string };
  send(what: string, how: SendOptions): Promise<{ readonly status: number; readonly text: string }>;
}

interface SendOptions {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Before anybody reads a header, a test key cannot ask for anything. */
const unreadable = new Set(["malformed_request", "headers_too_large", "request_timeout"]);
const languages = [
  ["TypeScript", "ts"],
  ["Python", "python"],
] as const;

/** @param provocableMin how many codes a request meets by itself, at least */
export function describeExamples(
  api: AnyApi,
  startApi: () => Promise<Served>,
  provocableMin: number,
): void {
  const codes = Object.keys(api.wire.codes);
  /** Those that a request meets by itself, whoever sends it. */
  const provocable = codes.filter((code) => exampleOf(api, code).given === undefined);
  const run = runner(api);

  test("most codes can be met by a request alone", () => {
    expect(provocable.length).toBeGreaterThanOrEqual(provocableMin);
  });

  test.each(provocable)("the example of %s is refused as the page shows: curl", async (code) => {
    const { stdout } = await run(await startApi(), code, "sh");
    expect(stdout).toMatch(new RegExp(`^HTTP/1.1 ${api.wire.codes[code]?.status} `, "m"));
    expect(stdout.trim().endsWith(exampleOf(api, code).response.body)).toBe(true);
  });

  // What is refused while it is still being sent may find the connection closed: only curl asks before it sends.
  const whole = provocable.filter((code) => exampleOf(api, code).request.body?.kind !== "file");
  describe.each(whole)("the example of %s, as a program", (code) => {
    test.each(languages)("is refused as the page shows: %s", async (_, language) => {
      const { stdout, stderr, exitCode } = await run(await startApi(), code, language);
      const said = stdout + stderr;
      expect(said).toContain(`${api.wire.codes[code]?.status} ${code} `);
      expect(said).toMatch(/request id [0-9a-f-]{36}/);
      expect(exitCode).toBe(0);
    });
  });

  const rehearsed = codes.filter((code) => !unreadable.has(exampleOf(api, code).condition));
  test.each(rehearsed)("the example of %s, rehearsed, has the bytes of the page", async (code) => {
    await expectRehearsed(api, await startApi(), code);
  });
}

function runner(api: AnyApi) {
  const reference: Reference = referenceOf(api);
  const pages = new Map(pagesOf(api).map(({ path, markdown }) => [path, markdown]));
  const snippetOf = (code: string, language: string): Snippet => {
    const example = pages.get(`errors/${code}`)?.split("\n## Example\n")[1] ?? "";
    const found = snippetsIn(example).find((one) => one.language === language);
    if (found === undefined) throw new Error(`no ${language} in the page of ${code}`);
    return found;
  };
  return (served: Served, code: string, language: string) => {
    const { bytes = 0 } = { ...(exampleOf(api, code).request.body as { bytes?: number }) };
    return runSnippet(snippetOf(code, language), {
      origin: reference.origin,
      standIn: new URL(served.url).origin,
      env: { [reference.keyVariable]: served.keys.test },
      files: { "too-large.json": JSON.stringify("x".repeat(bytes)) },
    });
  };
}

async function expectRehearsed(api: AnyApi, served: Served, code: string): Promise<void> {
  const { request, response, condition } = exampleOf(api, code);
  const { pathname, search } = new URL(request.origin + request.target);
  const path = `${pathname}${search}`.slice(api.wire.basePath.length);
  const reply = await served.send(`${request.method} ${path}`, {
    key: served.keys.test,
    headers: { "Sluice-Simulate": code, ...request.headers },
    ...(request.body?.kind === "json" && { json: request.body.value }),
  });
  expect(reply.status).toBe(response.status);
  // A key of this window is told the whole of it, and the page a part.
  if (condition !== "rate_limited") expect(reply.text).toBe(response.body);
  expect(reply.text).toContain(code);
}
