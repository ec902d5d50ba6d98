// A report for a terminal: the same sentences, and curves as lines of text.

import { tableOf } from "../../print/table.ts";
import { styled } from "../../print/terminal.ts";
import { readableWidth, wrapped } from "../../print/wrapped.ts";
import type { Block, Report, Section, Table } from "./report.ts";

export function reportLines(
  { title, summary, sections, notes }: Report,
  width: number = readableWidth(),
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
