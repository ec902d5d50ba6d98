// The handlers that the page on error handling shows, run as they stand there: against the API, and where nobody answers.

import type { AnyApi } from "sluice";
import { pagesOf, referenceOf } from "sluice/reference";
import { describe, expect, test } from "vitest";
import type { Served } from "./describe-examples.ts";
import { runSnippet, type Snippet, snippetsIn } from "./snippets.ts";

/** What a program does with its handlers. */
export interface HandlerUse {
  /** A path that a GET reads. */
  readonly reads: string;
  /** A POST that is refused for good. */
  readonly refused: { readonly path: string; readonly body: object; readonly code: string };
  /** The class of Python's errors. */
  readonly pythonError: string;
}

export function describeHandlers(
  api: AnyApi,
  startApi: () => Promise<Pick<Served, "url" | "keys">>,
  use: HandlerUse,
): void {
  const reference = referenceOf(api);
  const page = pagesOf(api).find(({ path }) => path === "error-handling");
  const handlers = snippetsIn(page?.markdown ?? "");
  const programs = programsOf(use);
  const run = (handler: Snippet, does: "good" | "bad", standIn: string, key: string) =>
    runSnippet(handler, {
      origin: reference.origin,
      standIn,
      env: { [reference.keyVariable]: key },
      after: `\n${programs[handler.language]?.[does] ?? ""}\n`,
    });
  const runAgainstApi = async (handler: Snippet, does: "good" | "bad") => {
    const { url, keys } = await startApi();
    const said = await run(handler, does, new URL(url).origin, keys.test);
    expect(said.stdout + said.stderr).not.toContain(keys.test);
    return said;
  };

  test("there is one in each language", () => {
    expect(handlers.map(({ language }) => language)).toEqual(["ts", "python"]);
  });

  describe.each(handlers)("the handler in $language", (handler) => {
    test("hands on what succeeds", async () => {
      const { stdout, stderr } = await runAgainstApi(handler, "good");
      expect(stdout.trim(), stderr).toBe("200");
    });

    test("throws at once what cannot succeed, with a text for users and a line for the log", async () => {
      const { stdout, stderr } = await runAgainstApi(handler, "bad");
      const { code, path } = use.refused;
      expect(stdout.trim()).toBe(`${code} false | Something went wrong. Please try again later.`);
      const lines = stderr.trim().split("\n");
      expect(lines).toHaveLength(1);
      const { status } = { ...api.wire.codes[code] };
      const said = { attempt: 1, code, endpoint: `POST ${path}`, status };
      expect(JSON.parse(lines[0] ?? "")).toMatchObject(said);
    });

    test("tries again where nobody answers, and says so at last", async () => {
      // Port 1 is nobody's.
      const { stdout, stderr } = await run(handler, "bad", "http://127.0.0.1:1", "a key");
      expect(stdout.trim(), stderr).toMatch(/^unknown true \| /);
      expect(stderr.trim().split("\n")).toHaveLength(2);
    });
  });
}

type Programs = Readonly<Record<string, { readonly good: string; readonly bad: string }>>;

function programsOf({ reads, refused: { path, body }, pythonError }: HandlerUse): Programs {
  const post = `call("POST", "${path}", ${JSON.stringify(body)}, 2)`;
  return {
    ts: {
      good: `console.log((await call("GET", "${reads}")).status);`,
      bad: `try { await ${post}; } catch (error) {
        console.log(error.code, error.retryable, "|", error.userMessage);
      }`,
    },
    python: {
      good: `print(call("GET", "${reads}").status)`,
      bad: `try:
    ${post}
except ${pythonError} as error:
    print(error.code, str(error.retryable).lower(), "|", error.user_message)`,
    },
  };
}
