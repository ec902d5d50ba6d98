/** Markdown, written so that it reads well as it is: blocks with a blank line between them. */

/** A page of the documents. */
export interface DocPage {
  /** Below `about.docs`, without an extension: `errors/invalid_model`. */
  readonly path: string;
  readonly title: string;
  /** In a line. */
  readonly summary: string;
  readonly markdown: string;
}

/** Blocks, one after the other; those that are empty or undefined are left out. */
export function blocks(...parts: readonly (string | undefined | false)[]): string {
  const said = parts.filter((part) => typeof part === "string" && part.trim() !== "");
  return `${said.map((part) => String(part).trim()).join("\n\n")}\n`;
}

type Cell = string | number;

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cellText).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A bar would end the cell, and a line the row. */
function cellText(cell: Cell): string {
  return String(cell)
    .replaceAll("|", "\\|")
    .replaceAll(/\s*\n\s*/g, " ");
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll("\n", "\n  ")}`).join("\n");
}

export function steps(items: readonly string[]): string {
  return items
    .map((item, index) => `${index + 1}. ${item.replaceAll(/\n(?=[^\n])/g, "\n   ")}`)
    .join("\n");
}

export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

export function quote(text: string): string {
  return text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

export function code(text: string | number): string {
  return `\`${text}\``;
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}

/** JSON on one line where that fits, else one member a line. */
export function prettyJson(value: unknown): string {
  const short = JSON.stringify(value);
  return short.length <= 76 ? short : JSON.stringify(value, null, 2);
}
