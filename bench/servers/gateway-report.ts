// Tells the harness what became of a gateway's log, on the gateway's own door: a log that drops its rows is cheap, and so
// is a gate that charges nothing.

import type { Pages } from "@sluice/gateway";
import type { Answer, RequestLog } from "sluice/gate";
import { LOG_REPORT_PATH } from "../src/answer.ts";
import { reportOn } from "./log-report.ts";

/** A page answers at once, so the first answers say that the report is being written. */
export function createReportPage(log: RequestLog): Pages {
  let report: string | undefined;
  let begun = false;
  return ({ target }) => {
    if (target !== LOG_REPORT_PATH) return undefined;
    if (!begun) {
      begun = true;
      void reportOn(log).then((found) => {
        report = JSON.stringify(found);
      });
    }
    return json(report === undefined ? 202 : 200, report ?? "{}");
  };
}

function json(status: number, body: string): Answer {
  return { status, headers: ["Content-Type", "application/json"], body };
}
