// The styles of what the gateway draws: files of one idea each, put together.

import { readFileSync } from "node:fs";

/** What a style sheet begins with: colours alone for a picture, and what all pages have in common. */
const BEGINNINGS = { picture: ["scheme"], page: ["scheme", "page"] } as const;

/** @param names of files below `docs-assets`, in their order. */
export function styleSheet(of: keyof typeof BEGINNINGS, ...names: readonly string[]): string {
  return [...BEGINNINGS[of], ...names].map(read).join("\n");
}

function read(name: string): string {
  return readFileSync(new URL(`../../docs-assets/${name}.css`, import.meta.url), "utf8");
}
