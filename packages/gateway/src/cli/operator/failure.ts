// What the admin API refused, or why it was not reached, as a line that says what to do next and a code to end with.

import type { ApiError } from "sluice/client";
import { CommandError, type ExitCode, exitCodes } from "../exit-codes.ts";

/** @param url where it was asked; undefined in this process */
export function failureOf(error: ApiError, url: string | undefined): CommandError {
  const { source, status = 0, requestId } = error;
  // What stands in brackets is for programs.
  const message = error.message.replace(/ \([^()]*\)$/, "");
  if (source !== "answer") {
    return new CommandError(
      `${message.replace(/\.?$/, ".")} Is there a gate that serves its admin API at ${url ?? "these stores"}?`,
      exitCodes.notReached,
    );
  }
  const named = status >= 500 && requestId !== undefined ? ` (request ${requestId})` : "";
  return new CommandError(`${message}${named}${adviceFor(error)}`, exitCodeOf(status));
}

function exitCodeOf(status: number): ExitCode {
  if (status === 404) return exitCodes.notThere;
  return status >= 500 ? exitCodes.notReached : exitCodes.refused;
}

function adviceFor({ status = 0, code, action }: ApiError): string {
  if (status === 401) return " Put a token of this gateway into SLUICE_ADMIN_TOKEN.";
  if (code === "forbidden") return ' "sluice tokens list" shows who has which role.';
  if (status >= 500) return ' "sluice health" says which store is ill.';
  if (status === 429) return " Ask again in a minute.";
  return action === "fix_request" && status === 400 ? ' "sluice help" shows what it takes.' : "";
}

/** What is asked for by its id may be somewhere else, or nowhere. */
export async function orNotThere<T>(asked: Promise<T>, what: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { status } = (error ?? {}) as { readonly status?: number };
    if (status === 404) throw new CommandError(what, exitCodes.notThere);
    throw error;
  }
}
