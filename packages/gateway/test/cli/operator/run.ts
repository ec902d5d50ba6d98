// An operator's command in this process: what it says, and how it ends, without the second that a process takes to start.

import { asked } from "../../../src/cli/command/asked.ts";
import { isSetup } from "../../../src/cli/command/commands.ts";
import { runVerb } from "../../../src/cli/verbs/run-verb.ts";
import { exitCodeOf, exitCodes } from "../../../src/exit-codes.ts";
import { StartError } from "../../../src/start-error.ts";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One at a time: they share the streams of the process. */
let last: Promise<unknown> = Promise.resolve();

export function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
  const next = last.then(() => alone(args, environment));
  last = next.catch(() => undefined);
  return next;
}

async function alone(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Run> {
  const said = { out: "", err: "" };
  const before = { ...process.env };
  const { log, error: tell } = console;
  const { write } = process.stdout;
  Object.assign(process.env, environment, { NO_COLOR: "1", LC_ALL: "C.UTF-8" });
  process.stdout.write = (text: string | Uint8Array) => {
    said.out += String(text);
    return true;
  };
  console.log = (line: string) => {
    said.out += `${line}\n`;
  };
  console.error = (line: string) => {
    said.err += `${line}\n`;
  };
  let code: number = exitCodes.fine;
  try {
    const wish = asked(args);
    if (wish.kind !== "command" || isSetup(wish.name))
      throw new Error(`not for operators: ${args}`);
    await runVerb(wish.name, wish.typed as never);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    code = exitCodeOf(error);
    said.err += `${error.message}\n`;
  } finally {
    console.log = log;
    console.error = tell;
    process.stdout.write = write;
    for (const name of Object.keys(process.env)) {
      if (before[name] === undefined) delete process.env[name];
    }
    Object.assign(process.env, before);
  }
  return { code, ...said };
}
