// The flags that every benchmark takes: how many rounds, how long each, and which rows.

import { parseArgs } from "node:util";
import { BenchError } from "./machine.ts";

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  /** Rows that take long, too. */
  readonly all: boolean;
  /** Where pictures go. @default a new folder */
  readonly pictures: string | undefined;
  /** Whether a row was asked for by its name, and not only because all were. */
  readonly isNamed: boolean;
  /** Whether a row was asked for, by any text that belongs to it. */
  readonly wants: (text: string) => boolean;
}

/** What a benchmark is called, and which rows it has. */
export interface Command {
  readonly name: string;
  readonly rowsAlways: string;
  /** Length of one round. @default 5 */
  readonly seconds?: number;
  /** Whether some of its rows take long, or are drawn. @default it knows no flags for them */
  readonly hasMore?: boolean;
}

function readOptions({ seconds, hasMore }: Required<Command>): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: String(seconds) },
      only: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      pictures: { type: "string" },
    },
  });
  const { all, pictures } = values;
  if (!hasMore && (all || pictures !== undefined)) {
    throw new BenchError("--all and --pictures: here is nothing that takes long or is drawn");
  }
  return {
    rounds: positive("--rounds", values.rounds),
    seconds: positive("--seconds", values.seconds),
    all,
    pictures,
    isNamed: values.only.length > 0,
    wants: (text) => values.only.length === 0 || values.only.some((part) => text.includes(part)),
  };
}

function positive(flag: string, value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) {
    throw new BenchError(`${flag} must be a whole number from 1 to 9999, not ${value}`);
  }
  return Number(value);
}

/** Runs a benchmark; what is wrong with the flags or the machine is told without a stack. */
export async function runCommand(
  given: Command,
  measure: (options: Options) => Promise<void>,
): Promise<void> {
  const command = { seconds: 5, hasMore: false, ...given };
  try {
    await measure(readOptions(command));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const misused = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof BenchError) && !misused) throw error;
    console.error(`\n${command.name} FAILED: ${error.message}\n\n${usage(command)}`);
    process.exit(1);
  }
}

function usage({ name, rowsAlways, seconds, hasMore }: Required<Command>): string {
  const more = `
  --all         rows that take long, too
  --pictures DIR  where curves are drawn (default: a new folder)`;
  return `npm run ${name} -- [options]
  --rounds N    rounds for each row (default 3; fewer is a smoke test, not a measurement)
  --seconds N   length of one round in seconds (default ${seconds})
  --only TEXT   only rows whose name contains TEXT, repeatable (${rowsAlways})${hasMore ? more : ""}`;
}
