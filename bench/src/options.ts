// The flags that every benchmark takes: how many rounds, how long each, and which rows.

import { parseArgs } from "node:util";
import { BenchError } from "./machine.ts";
import { type Recorder, recordTo } from "./results/recorder.ts";

export interface Options {
  /** As npm knows it: `bench:gate`. */
  readonly command: string;
  /** Whether there are no rounds. */
  readonly isOnce: boolean;
  readonly rounds: number;
  readonly seconds: number;
  /** Rows that take long, too. */
  readonly all: boolean;
  /** Where pictures go. @default a new folder */
  readonly pictures: string | undefined;
  /** Rows by their addresses, or by texts that belong to them. Empty: all that do not take long. */
  readonly only: readonly string[];
  /** Keeps what was measured. */
  readonly record: Recorder;
}

/** What a benchmark is called, and which rows it has. */
export interface Command {
  readonly name: string;
  readonly rowsAlways: string;
  /** Length of one round. @default 5 */
  readonly seconds?: number;
  /** Whether it is measured once, whatever it is. @default in rounds */
  readonly isOnce?: boolean;
  /** Whether some of its rows take long, or are drawn. @default it knows no flags for them */
  readonly hasMore?: boolean;
}

function readOptions({ name, seconds, hasMore, isOnce }: Required<Command>): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string" },
      seconds: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      pictures: { type: "string" },
      record: { type: "string" },
    },
  });
  const { all, only, pictures } = values;
  if (!hasMore && (all || pictures !== undefined)) {
    throw new BenchError("--all and --pictures: here is nothing that takes long or is drawn");
  }
  if (isOnce && (values.rounds ?? values.seconds) !== undefined) {
    throw new BenchError("--rounds and --seconds: what is measured here has no rounds");
  }
  const plan = {
    rounds: positive("--rounds", values.rounds ?? "3"),
    seconds: positive("--seconds", values.seconds ?? String(seconds)),
  };
  return {
    ...plan,
    command: name,
    isOnce,
    all,
    pictures,
    only,
    record: recordTo(values.record, isOnce ? undefined : plan),
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
  const command = { seconds: 5, hasMore: false, isOnce: false, ...given };
  let options: Options | undefined;
  try {
    options = readOptions(command);
    await measure(options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    options?.record.fail(error.message);
    const misused = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof BenchError) && !misused) throw error;
    console.error(`\n${command.name} FAILED: ${error.message}\n\n${usage(command)}`);
    process.exit(1);
  }
}

function usage({ name, rowsAlways, seconds, hasMore, isOnce }: Required<Command>): string {
  const rounds = `
  --rounds N    rounds for each row (default 3; fewer is a smoke test, not a measurement)
  --seconds N   length of one round in seconds (default ${seconds})`;
  const more = `
  --all         rows that take long, too
  --pictures DIR  where curves are drawn (default: a new folder)`;
  return `npm run ${name} -- [options]${isOnce ? "" : rounds}
  --only TEXT   only the row TABLE/ROW, the rows of TABLE/, or rows whose table and name contain TEXT, repeatable
                (${rowsAlways})
  --record FILE what was measured, as JSON, written after each table${hasMore ? more : ""}`;
}
