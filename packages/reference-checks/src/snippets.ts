// Code blocks of pages, run as a reader would run them, against a server that stands in for the address in the text.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Snippet {
  /** `sh`, `ts`, `python`, … */
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function snippetsIn(markdown: string): readonly Snippet[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

export interface Running {
  /** What the text says, and what stands in for it. */
  readonly origin: string;
  readonly standIn: string;
  readonly env: Readonly<Record<string, string>>;
  /** Files that the text speaks of. */
  readonly files?: Readonly<Record<string, string>>;
  /** Stands behind the text, in its own language. */
  readonly after?: string;
}

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const COMMANDS: Readonly<
  Record<string, readonly [file: string, command: string, ...args: string[]]>
> = {
  sh: ["snippet.sh", "sh"],
  ts: ["snippet.ts", process.execPath, "--disable-warning=ExperimentalWarning"],
  python: ["snippet.py", "python3"],
};

/** Runs a snippet in a folder of its own, and says what it said. */
export async function runSnippet({ language, text }: Snippet, how: Running): Promise<Said> {
  const [file, command, ...args] = COMMANDS[language] ?? [];
  if (file === undefined || command === undefined) throw new Error(`nothing runs ${language}`);
  const folder = await mkdtemp(join(tmpdir(), "sluice-snippet-"));
  try {
    const program = `${text}\n${how.after ?? ""}`.replaceAll(how.origin, how.standIn);
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, file), program);
    for (const [name, content] of Object.entries(how.files ?? {})) {
      await writeFile(join(folder, name), content);
    }
    return await runIn(folder, [command, ...args, file], how.env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runIn(
  folder: string,
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Said> {
  const options = { cwd: folder, env: { PATH: process.env["PATH"], ...env }, timeout: 30_000 };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code ?? 1) });
    });
  });
}
