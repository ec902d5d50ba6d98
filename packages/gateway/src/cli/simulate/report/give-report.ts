// Where a report goes: to standard output for people or for programs, and to a file to send on.

import { writeReport } from "../../check/write-report.ts";
import { print } from "../../print/terminal.ts";
import { say } from "../../say.ts";
import { reportPage } from "./page.ts";
import type { Report } from "./report.ts";
import { reportLines } from "./text.ts";
import { writePictures } from "./write-pictures.ts";

export interface Manner {
  readonly json?: boolean;
  readonly html?: string;
  readonly svg?: string;
}

/** @param data What programs get. */
export function giveReport(report: Report, data: unknown, { json, html, svg }: Manner): void {
  if (html !== undefined) {
    writeReport(html, reportPage(report));
    say(`${html} is written: open it in a browser, or send it on.`);
  }
  if (svg !== undefined) {
    const files = writePictures(report, svg);
    say(`${svg} has ${files.join(", ")}.`);
  }
  if (json) print(JSON.stringify(data, null, 2));
  else for (const line of reportLines(report)) print(line);
}
