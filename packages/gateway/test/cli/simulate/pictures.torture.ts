// The larger pictures of the pages about limits and about scale, and what the first quotes of its run, are those of today.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { scaleReport } from "../../../src/cli/simulate/scale/scale.ts";
import { pictureFile, SCALE, scalePictures, storm, stormPictures } from "./pictures.ts";

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

it("the page about scale shows the estimate of today, of the numbers in its command; else: npm run generate", async () => {
  const file = new URL("../../../../../docs/estimating-scale.md", import.meta.url);
  const page = readFileSync(file, "utf8");
  expect(page).toContain(`npx sluice simulate scale --keys ${SCALE.keys} --rate ${SCALE.rate}\n`);
  for (const [name, text] of scalePictures(await scaleReport(SCALE))) {
    expect(page).toContain(`](images/${name})`);
    expect(pictureFile(name) === text, `${name} is drawn otherwise today: npm run generate`).toBe(
      true,
    );
  }
}, 60_000);
