// The page about limits shows what the simulator draws today, and says how to have each picture.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMANDS, pictureFile, quickPictures } from "./pictures.ts";

const page = readFileSync(
  new URL("../../../../../docs/thinking-about-limits.md", import.meta.url),
  "utf8",
);

describe("the page about limits", () => {
  it("names the command of each picture that a command draws", () => {
    for (const command of COMMANDS)
      expect(page).toContain(`npx sluice simulate outage ${command}\n`);
  });

  it("has pictures with words for whoever cannot see them", () => {
    const shown = [...page.matchAll(/!\[([^\]]+)\]\((images\/limits-[^)]+)\)/g)];
    expect(shown).toHaveLength(4);
    for (const [, words = ""] of shown) expect(words.length).toBeGreaterThan(60);
  });

  it("shows bursts and budgets as they are drawn today; else: npm run generate", async () => {
    for (const [name, text] of await quickPictures()) {
      expect(pictureFile(name) === text, `${name} is drawn otherwise today: npm run generate`).toBe(
        true,
      );
    }
  });
});
