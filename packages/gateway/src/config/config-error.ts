/** A configuration that cannot work: everything that is wrong with it, where, and what to do. */
import type { Complaint } from "sluice";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly exitCode: ExitCode = exitCodes.refused;
  readonly file: string;
  readonly complaints: readonly Complaint[];

  constructor(file: string, complaints: readonly Complaint[]) {
    const lines = complaints.map(({ at, what, advice }) => `  ${at}: ${what}\n    → ${advice}`);
    super(`${file} cannot be used:\n${lines.join("\n")}`);
    this.file = file;
    this.complaints = complaints;
  }
}
