// One line a request, written by hand: pino would take ten times as long for each, and would write whatever it is given. What is
// not named here is not logged.

import type { LogRow } from "sluice/gate";
import type { Redact } from "./redaction.ts";

/** As pino numbers them. */
const levels = { info: 30, warn: 40, error: 50 } as const;

/** JSON as pino writes it, with its newline. Times in milliseconds; absent where there is nothing to say. */
export function requestLine(row: LogRow, redact: Redact): string {
  let line = `{"level":${levels[levelOf(row)]},"time":${row.atMs},"msg":"request"`;
  line += `,"requestId":"${row.requestId}","method":${text(row.method)}`;
  line += `,"path":${text(redact(row.path))},"status":${row.status}`;
  line += `,"durationMs":${Math.round(row.durationMs * 1_000) / 1_000}`;
  line += `,"ending":"${row.ending}","endedAt":"${row.endedAt}"`;
  if (row.operation !== undefined) line += `,"operation":${text(row.operation)}`;
  if (row.accountId !== undefined) line += `,"accountId":${text(row.accountId)}`;
  if (row.keyId !== undefined) line += `,"keyId":${text(row.keyId)}`;
  if (row.code !== undefined) line += refusalOf(row, redact);
  if (row.windowLimit !== undefined) line += `,"windowLimit":${row.windowLimit}`;
  if (row.windowRemaining !== undefined) line += `,"windowRemaining":${row.windowRemaining}`;
  if (row.held > 0) line += `,"held":${row.held}`;
  if (row.charged > 0) line += `,"charged":${row.charged}`;
  if (row.simulated) line += ',"simulated":true';
  if (row.degraded) line += `,"degraded":"${row.degraded}"`;
  if (row.clientRequestId !== undefined) {
    line += `,"clientRequestId":${text(redact(row.clientRequestId))}`;
  }
  return `${line}}\n`;
}

function refusalOf(row: LogRow, redact: Redact): string {
  let part = `,"code":${text(row.code)}`;
  if (row.condition !== undefined) part += `,"condition":${text(row.condition)}`;
  if (row.by !== undefined) part += `,"by":${text(row.by)}`;
  if (row.param !== undefined) part += `,"param":${text(redact(row.param))}`;
  if (row.retryAfterMs !== undefined) part += `,"retryAfterMs":${row.retryAfterMs}`;
  return part;
}

/** What the operator should look into: our own failures, and what an outage refused. */
function levelOf({ ending, status }: LogRow): keyof typeof levels {
  if (ending === "fault") return "error";
  return status >= 500 ? "warn" : "info";
}

/** What JSON writes as it is: most of what stands here, and much quicker to see than to write anew. */
const plain = /^[ !#-[\]-~]*$/;

function text(value = ""): string {
  return plain.test(value) ? `"${value}"` : JSON.stringify(value);
}
