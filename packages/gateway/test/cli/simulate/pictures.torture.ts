// The larger pictures of the page about limits, and what it quotes of their run, are those of today.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pictureFile, storm, stormPictures } from "./pictures.ts";

it("the page about limits shows and quotes the storm of today; else: npm run generate", async () => {
  const found = await storm();
  for (const [name, text] of stormPictures(found)) {
    expect(pictureFile(name) === text, `${name} is drawn otherwise today: npm run generate`).toBe(
      true,
    );
  }
  const file = new URL("../../../../../docs/thinking-about-limits.md", import.meta.url);
  const page = readFileSync(file, "utf8").replaceAll(/\s+/g, " ");
  for (const sentence of found.summary) expect(page).toContain(sentence);
}, 60_000);
