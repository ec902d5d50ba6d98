// For the tests of examples: starts one as its readers do, and takes it at its word, the `curl` line that it prints.

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ExampleProgram {
  /** Where its API answers, up to the path. */
  readonly origin: string;
  readonly headers: { readonly authorization: string };
  /** Everything that it has printed until now. */
  readonly said: () => string;
  stop(): Promise<void>;
}

/**
 * @param file the program, which takes `PORT` from its environment.
 * @param variables more of its environment.
 */
export async function startExample(
  file: URL,
  variables: Readonly<Record<string, string>> = {},
): Promise<ExampleProgram> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", fileURLToPath(file)], {
    env: { ...process.env, ...variables, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (data) => {
    said += String(data);
  });
  const line = await firstLine(child);
  return {
    origin: /http:\/\/[^/]+/.exec(line)?.[0] ?? "",
    headers: { authorization: /Bearer \w+/.exec(line)?.[0] ?? "" },
    said: () => said,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit").once("exit", () => resolve());
        child.kill();
      }),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (data) => resolve(String(data)));
    child.once("exit", (code) => reject(new Error(`the example ended with ${code}`)));
  });
}

/** What each of the four says, whatever framework it is written in. */
export async function tryExample({ origin, headers }: Pick<ExampleProgram, "origin" | "headers">) {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(origin + path, init);
    const text = await answer.text();
    return { status: answer.status, text, code: codeIn(text) };
  };
  const json = { ...headers, "content-type": "application/json" };
  const echo = (body: string) => ask("/v1/echo", { method: "POST", headers: json, body });
  const found = {
    page: (await ask("/")).text,
    hello: (await ask("/v1/hello", { headers })).text,
    echo: (await echo('{"text":"a"}')).text,
    refused: [
      (await ask("/v1/hello")).code,
      (await ask("/v1/nowhere", { headers })).code,
      (await ask("/v1/hello", { method: "DELETE", headers })).code,
      (await echo("{")).code,
      (await echo("{}")).code,
    ],
  };
  const crowd = await Promise.all(Array.from({ length: 60 }, () => ask("/v1/hello", { headers })));
  return { ...found, admitted: crowd.filter(({ status }) => status === 200).length };
}

function codeIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: { code?: unknown } }).error?.code;
  } catch {
    return undefined;
  }
}

/** Sixty a minute, of which six have been used by then: one was refused before it was counted. */
export const AS_PROMISED = {
  hello: '{"hello":"acct_1"}',
  echo: '{"echo":"a"}',
  refused: ["missing_key", "not_found", "method_not_allowed", "malformed_body", "missing_field"],
  admitted: 54,
};
