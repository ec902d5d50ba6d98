// Mavera's pages: one a code, no link that leads nowhere, and nothing missing that the API's published documents say.

import { brokenLinks, pagesOf } from "sluice/reference";
import { describe, expect, test } from "vitest";
import { mavera } from "../../contract/index.ts";
import { sentences } from "./sentences.ts";

/** Named by another of the API's documents, about keys. */
const elsewhere = "expired_api_key";
const pages = new Map(pagesOf(mavera).map((page) => [page.path, page]));

test("every code has a page with a line of its own, and nothing else has", () => {
  const codes = [...pages.keys()].filter((path) => path.startsWith("errors/"));
  expect(codes).toEqual(Object.keys(mavera.wire.codes).map((code) => `errors/${code}`));
  for (const page of Object.values(mavera.pages)) expect(page.summary, page.code).not.toBe("");
});

test("every link leads somewhere", () => {
  expect(brokenLinks([...pages.values()])).toEqual([]);
});

test("nothing of what is behind the gate is spoken of", () => {
  for (const { path, markdown } of pages.values()) {
    expect(markdown, path).not.toMatch(/\b(?:gate|ledger|upstream|Redis|undefined_|NaN)\b/);
  }
});

describe("what the API's published documents say", () => {
  test.each(sentences)("%s (%s)", (_said, path, phrase) => {
    const text = pages.get(path)?.markdown.replaceAll(/\s+/g, " ") ?? "";
    expect(text).toContain(phrase);
  });

  test("is said of every code that they name", () => {
    const named = sentences.map(([said]) => said).join("\n");
    const documented = Object.entries(mavera.wire.codes).filter(
      ([, entry]) => !("extension" in entry),
    );
    for (const [code] of documented) expect(`${named} ${elsewhere}`).toContain(code);
  });
});
