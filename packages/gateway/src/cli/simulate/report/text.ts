// A report for a terminal: the same sentences, and curves as lines of text.

import { tableOf } from "../../print/table.ts";
import { outputWidth, styled } from "../../print/terminal.ts";
import type { Block, Report, Section, Table } from "./report.ts";

/** Wider lines are hard to read, and a program gets no wider ones either. */
const WIDTH_MAX = 100;

export function reportLines(
  { title, summary, sections, notes }: Report,
  width: number = Math.min(WIDTH_MAX, outputWidth()),
): string[] {
  return [
    styled("bold", title),
    "",
    ...summary.flatMap((sentence) => wrapped(sentence, width)),
    ...sections.flatMap((section) => sectionLines(section, width)),
    "",
    ...notes.flatMap((note) => wrapped(note, width)).map((line) => styled("dim", line)),
  ];
}

function sectionLines({ title, blocks }: Section, width: number): string[] {
  return ["", styled("bold", title), ...blocks.flatMap((block) => blockLines(block, width))];
}

function blockLines(block: Block, width: number): readonly string[] {
  switch (block.kind) {
    case "words":
      return wrapped(block.text, width);
    case "list":
      return block.items.flatMap((item) =>
        wrapped(item, width - 2).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`)),
      );
    case "command":
      return [`  ${block.text}`];
    case "table":
      return textTable(block.table, width);
    case "picture":
      return [`${block.picture.title}:`, ...block.picture.lines(width)];
  }
}

function textTable({ columns, rows }: Table, width: number): string[] {
  const shown = columns.map(({ title, align }, at) => ({
    title,
    of: (row: readonly string[]) => row[at] ?? "",
    ...(align && { align }),
  }));
  return tableOf(shown, rows, width);
}

/** Broken between words, never within one. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
