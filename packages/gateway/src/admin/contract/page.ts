// The page of a code of ours, from what it says under each heading.

import { PAGE_HEADINGS } from "sluice";

export function page(
  code: string,
  whatHappened: string,
  howToFix: string,
  endUser: string,
): string {
  const texts = [whatHappened, howToFix, endUser];
  const sections = PAGE_HEADINGS.map((heading, index) => `## ${heading}\n\n${texts[index]}\n`);
  return `# ${code}\n\n${sections.join("\n")}`;
}
