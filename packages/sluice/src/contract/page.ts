/** Pages: one Markdown text a code. The headings are fixed so that tools can tell readers what they want. */

export const PAGE_HEADINGS = ["What happened", "How to fix", "What to show an end user"] as const;

export interface Page {
  readonly code: string;
  /**
   * What it is and what to do, in a line: what stands between the title and the first heading.
   * @default empty: documents then say what its conditions mean
   */
  readonly summary: string;
  readonly whatHappened: string;
  readonly howToFix: string;
  /** One or two sentences that an application can show to its own users. */
  readonly endUser: string;
}

/** Reads a page; a string is what is wrong with it. */
export function parsePage(code: string, markdown: string): Page | string {
  const [title] = markdown.split("\n", 1);
  if (title?.trim() !== `# ${code}`) return `begins with "${title?.trim()}", not with "# ${code}"`;
  const sections = new Map<string, string>();
  const [head = "", ...parts] = markdown.split(/^## /m);
  for (const part of parts) {
    const [heading = "", ...rest] = part.split("\n");
    sections.set(heading.trim(), rest.join("\n").trim());
  }
  for (const heading of PAGE_HEADINGS) {
    if (!sections.get(heading)) return `has nothing under "## ${heading}"`;
  }
  return {
    code,
    summary: head
      .slice(title.length)
      .trim()
      .replaceAll(/\s*\n\s*/g, " "),
    whatHappened: sections.get("What happened") ?? "",
    howToFix: sections.get("How to fix") ?? "",
    endUser: sections.get("What to show an end user") ?? "",
  };
}
