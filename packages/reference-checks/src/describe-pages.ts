// Pages from a contract: one a code, no link that leads nowhere, and nothing missing that the API's published documents say.

import type { AnyApi } from "sluice";
import { brokenLinks, pagesOf } from "sluice/reference";
import { describe, expect, test } from "vitest";

/** What a published document says, the page that says it here, and a phrase that must be in it. */
export type Sentence = readonly [said: string, path: string, phrase: string];

/** @param elsewhere codes that only other documents of the API name */
export function describePages(
  api: AnyApi,
  sentences: readonly Sentence[],
  elsewhere: readonly string[] = [],
): void {
  const pages = new Map(pagesOf(api).map((page) => [page.path, page]));

  test("every code has a page with a line of its own, and nothing else has", () => {
    const codes = [...pages.keys()].filter((path) => path.startsWith("errors/"));
    expect(codes).toEqual(Object.keys(api.wire.codes).map((code) => `errors/${code}`));
    for (const page of Object.values(api.pages)) expect(page.summary, page.code).not.toBe("");
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
      const named = [...sentences.map(([said]) => said), ...elsewhere].join("\n");
      const documented = Object.entries(api.wire.codes).filter(([, entry]) => !entry.extension);
      for (const [code] of documented) expect(named).toContain(code);
    });
  });
}
