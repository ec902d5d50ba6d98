// A gate on node:http that tells the harness afterwards what became of its log: how many rows were
// written and how many were dropped, because a log that drops its rows is cheap, and what was charged.

import { createServer, type RequestListener } from "node:http";
import type { RequestLog } from "sluice/gate";
import { LOG_REPORT_PATH, type LogReport, serve } from "../src/answer.ts";
import { ACCOUNT_ID } from "./gate-contract.ts";

export function serveWithReport(listener: RequestListener, log: RequestLog): void {
  serve(
    createServer((request, response) => {
      if (request.url !== LOG_REPORT_PATH) {
        listener(request, response);
        return;
      }
      void reportOn(log).then((report) => response.end(JSON.stringify(report)));
    }),
  );
}

/** Asking for the usage waits until what is in the buffer is written. */
export async function reportOn(log: RequestLog): Promise<LogReport> {
  const { requests, credits } = await log.usage(ACCOUNT_ID, 0, Number.MAX_SAFE_INTEGER);
  return { written: requests, dropped: log.dropped(), credits };
}
