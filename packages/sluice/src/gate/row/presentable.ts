/** A refusal as it may be shown and kept: without keys, and no longer than anybody reads. */
import { type KeyFormat, type Refusal, redactKeys } from "../../contract/index.ts";

const PARAM_LENGTH_MAX = 200;
const EXPECTED_LENGTH_MAX = 1_000;
const MESSAGE_LENGTH_MAX = 2_000;

/**
 * A field has the name that the caller gave it: a key perhaps, a whole megabyte, or half a character, which no store would give
 * back. The caller is shown what the log keeps, so that both say the same.
 */
export function presentable(refusal: Refusal, format: KeyFormat): Refusal {
  const { param, expected, message } = refusal;
  return {
    ...refusal,
    ...(param !== undefined && { param: safe(format, param, PARAM_LENGTH_MAX) }),
    ...(expected !== undefined && { expected: safe(format, expected, EXPECTED_LENGTH_MAX) }),
    ...(message !== undefined && { message: safe(format, message, MESSAGE_LENGTH_MAX) }),
  };
}

function safe(format: KeyFormat, text: string, lengthMax: number): string {
  return redactKeys(format, text).slice(0, lengthMax).toWellFormed();
}
