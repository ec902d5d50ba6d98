// A request log as a file: lines of JSON or CSV, oldest first or newest first, nearly in order. Gives its calls in the order in
// which they came, holding a few thousand at a time.

import { statSync } from "node:fs";
import { nearestName } from "sluice";
import type { PastCall } from "sluice/sim";
import { CommandError, exitCodes } from "../../exit-codes.ts";
import { cellsOf } from "./csv.ts";
import { type Line, LongLineError, linesFrom } from "./log-lines.ts";
import { csvColumns, fromCells, fromJson, type Read } from "./past-call-from.ts";

/** A row may stand behind so many that came after it: rows are written as requests end. */
const BEHIND_MAX = 10_000;
/** So many lines say in which order a file is. */
const LOOK_LINES = 1_000;

export interface LogFileOptions {
  readonly file: string;
  /** Goes on over lines that cannot be read, and counts them. */
  readonly skipBad: boolean;
  readonly onProgress: (lines: number, bytesPart: number) => void;
}

export class LogFile {
  readonly #options: LogFileOptions;
  readonly #bytes: number;
  /** For a line of the file; made once its first line is known. */
  #read: (text: string) => Read = fromJson;
  /** Lines that were read, that could not be, and that are no request of an account. */
  lines = 0;
  bad = 0;
  none = 0;
  /** The first that could not be read, for whoever skips them. */
  firstBad: string | undefined;
  /** Columns of a CSV that nobody reads, and those that it does not have. */
  unread: readonly string[] = [];
  isNewestFirst = false;
  #readBytes = 0;

  constructor(options: LogFileOptions) {
    this.#options = options;
    const found = statSync(options.file, { throwIfNoEntry: false });
    if (!found?.isFile()) {
      throw new CommandError(
        `There is no file ${options.file}. Write one: sluice log show --all --json > requests.jsonl`,
        exitCodes.notThere,
      );
    }
    this.#bytes = found.size;
  }

  /** In the order of their times. */
  async *calls(): AsyncGenerator<readonly PastCall[]> {
    const isCsv = await this.#lookAtFirst();
    const waiting: PastCall[] = [];
    let lastMs = Number.NEGATIVE_INFINITY;
    const taken = (count: number) => {
      waiting.sort((a, b) => a.atMs - b.atMs);
      const calls = waiting.splice(0, count);
      lastMs = calls.at(-1)?.atMs ?? lastMs;
      return calls;
    };
    for await (const lines of this.#pieces()) {
      for (const line of lines) {
        const isHeader = isCsv && line.text === this.#header;
        const call = isHeader ? undefined : this.#callIn(line);
        if (call === undefined) continue;
        if (call.atMs >= lastMs) waiting.push(call);
        else
          this.#complain(line, `came more than ${BEHIND_MAX} rows too late: sort the file by time`);
      }
      if (waiting.length > 2 * BEHIND_MAX) yield taken(waiting.length - BEHIND_MAX);
    }
    yield taken(waiting.length);
  }

  #header: string | undefined;

  /** What the file is, by its first lines, and whether its newest rows come first: more steps back than forth. */
  async #lookAtFirst(): Promise<boolean> {
    const first = await this.#firstLines();
    const [line] = first;
    if (line === undefined) throw this.#refused("is empty");
    const isCsv = !line.text.startsWith("{");
    if (isCsv) this.#readHeader(line.text);
    let ahead = 0;
    let lastMs: number | undefined;
    for (const { text } of first.slice(0, LOOK_LINES)) {
      const read = this.#read(text);
      if (read.kind !== "call") continue;
      const { atMs } = read.call;
      ahead += Math.sign(atMs - (lastMs ?? atMs));
      lastMs = atMs;
    }
    this.isNewestFirst = ahead < 0;
    return isCsv;
  }

  async #firstLines(): Promise<readonly Line[]> {
    for await (const lines of this.#safely(false)) if (lines.length > 0) return lines;
    return [];
  }

  #readHeader(text: string): void {
    this.#header = text;
    const titles = (cellsOf(text.replace(/^\uFEFF/, "")) ?? []).map((title) =>
      title.trim().toLowerCase(),
    );
    const names = titles.map((title) => csvColumns[title]);
    const missing = ["at", "account", "status"].filter((title) => !titles.includes(title));
    if (!titles.includes("operation") && !titles.includes("path")) missing.push("operation");
    const [first] = missing;
    if (first !== undefined) {
      const near = nearestName(first, titles);
      const meant = near === undefined ? "" : ` Is "${near}" meant?`;
      const all = Object.keys(csvColumns).join(", ");
      throw this.#refused(
        `has no column "${first}" in its first line.${meant} It needs at, account, status, and operation or path; of these it may have more: ${all}`,
      );
    }
    this.unread = titles.filter((_, at) => names[at] === undefined);
    this.#read = (line) => {
      const cells = cellsOf(line);
      return cells === undefined
        ? { kind: "bad", what: "has a quote that is not closed" }
        : fromCells(cells, names);
    };
  }

  async *#pieces(): AsyncGenerator<readonly Line[]> {
    for await (const lines of this.#safely(this.isNewestFirst)) {
      this.lines += lines.length;
      for (const { text } of lines) this.#readBytes += text.length + 1;
      this.#options.onProgress(this.lines, Math.min(1, this.#readBytes / this.#bytes));
      yield lines;
    }
  }

  async *#safely(fromEnd: boolean): AsyncGenerator<readonly Line[]> {
    try {
      yield* linesFrom(this.#options.file, fromEnd);
    } catch (error) {
      if (error instanceof LongLineError) throw this.#refused(`is no log: ${error.message}`);
      throw error;
    }
  }

  #callIn(line: Line): PastCall | undefined {
    const read = this.#read(line.text);
    if (read.kind === "call") return read.call;
    if (read.kind === "none") this.none++;
    else this.#complain(line, read.what);
    return undefined;
  }

  #complain({ number }: Line, what: string): void {
    const place = this.isNewestFirst ? `line ${number} from the end` : `line ${number}`;
    const said = `${place} ${what}`;
    if (!this.#options.skipBad) {
      throw new CommandError(
        `${this.#options.file}, ${said}. Mend it, or leave such lines out: --skip-bad counts them.`,
        exitCodes.refused,
      );
    }
    this.bad++;
    this.firstBad ??= said;
  }

  #refused(what: string): CommandError {
    return new CommandError(`${this.#options.file} ${what}.`, exitCodes.refused);
  }
}
