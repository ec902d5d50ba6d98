// Pages: one Markdown text a code, read by its headings.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAGE_HEADINGS, parsePage } from "../../src/contract/index.ts";

const PAGE = `# conflict

## What happened

The name is taken.

### In detail

By another brand.

## How to fix

Choose another.

## What to show an end user

This name is taken.
`;

describe("a page", () => {
  it("is read by its headings", () => {
    expect(parsePage("conflict", PAGE)).toEqual({
      code: "conflict",
      summary: "",
      whatHappened: "The name is taken.\n\n### In detail\n\nBy another brand.",
      howToFix: "Choose another.",
      endUser: "This name is taken.",
    });
  });

  it("may say in a line what it is, before the first heading", () => {
    const lead = PAGE.replace("\n\n", "\n\nThe name is taken.\nChoose another.\n\n");
    expect(parsePage("conflict", lead)).toMatchObject({
      summary: "The name is taken. Choose another.",
      endUser: "This name is taken.",
    });
  });

  it("may have its sections in any order, further ones, and lines that end as on Windows", () => {
    const [title = "", first = "", ...rest] = PAGE.split(/(?=^## )/m);
    const shuffled = [title, ...rest, "## History\n\nOld.\n\n", first]
      .join("")
      .replaceAll("\n", "\r\n");
    expect(parsePage("conflict", shuffled)).toMatchObject({
      howToFix: "Choose another.",
      endUser: "This name is taken.",
    });
  });

  it("says what is wrong with it", () => {
    expect(parsePage("not_found", PAGE)).toBe('begins with "# conflict", not with "# not_found"');
    expect(parsePage("conflict", `\n${PAGE}`)).toBe('begins with "", not with "# conflict"');
    for (const heading of PAGE_HEADINGS) {
      const without = PAGE.replace(`## ${heading}`, "## Something else");
      expect(parsePage("conflict", without)).toBe(`has nothing under "## ${heading}"`);
    }
  });

  it("is read or refused, whatever it holds", () => {
    const lines = fc.constantFrom("# conflict", "## What happened", "## How to fix", "Text.", "");
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string())), (text) => {
        const page = parsePage("conflict", text.join("\n"));
        if (typeof page === "string") expect(page).toMatch(/^begins with|^has nothing under/);
        else expect(page.whatHappened && page.howToFix && page.endUser).not.toBe("");
      }),
    );
  });
});
