// What the demo takes from its environment, and the mistakes that it explains in one line.

import { join } from "node:path";

/** Something that whoever started the demo can put right; shown as one line, without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}

export interface Environment {
  /** 0 means any free port. */
  readonly port: number;
  readonly home: string;
}

const defaultPort = 8787;
const maxPort = 65_535;

export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Environment {
  return {
    port: readPort(variables["PORT"]),
    home: variables["SLUICE_HOME"] || join(workingDirectory, ".sluice"),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === "") return defaultPort;
  if (/^\d{1,5}$/.test(text) && Number(text) <= maxPort) return Number(text);
  throw new StartError(
    `PORT is ${JSON.stringify(text)}: set it to a whole number from 0 to ${maxPort}, ` +
      `or leave it out for ${defaultPort}.`,
  );
}
