// The flags that every benchmark takes: how many rounds, how long each, and which rows.

import { parseArgs } from "node:util";
import { BenchError } from "./machine.ts";

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  /** Whether a row was asked for, by any text that belongs to it. */
  readonly wants: (text: string) => boolean;
}

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  return {
    rounds: positive("--rounds", values.rounds),
    seconds: positive("--seconds", values.seconds),
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
  name: string,
  rowsAlways: string,
  measure: (options: Options) => Promise<void>,
): Promise<void> {
  try {
    await measure(readOptions());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const misused = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof BenchError) && !misused) throw error;
    console.error(`\n${name} FAILED: ${error.message}\n\n${usage(name, rowsAlways)}`);
    process.exit(1);
  }
}

function usage(name: string, rowsAlways: string): string {
  return `npm run ${name} -- [options]
  --rounds N    rounds for each row (default 3; fewer is a smoke test, not a measurement)
  --seconds N   length of one round in seconds (default 5)
  --only TEXT   only rows whose name contains TEXT, repeatable (${rowsAlways})`;
}
