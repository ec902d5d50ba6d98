// Pages from a contract: one a code, each link leads somewhere, and nothing of the machinery shows.

import { describe, expect, it } from "vitest";
import { type AnyApi, defineApi, nested, standard } from "../../src/contract/index.ts";
import {
  anchorOf,
  brokenLinks,
  type DocPage,
  linkTo,
  llmsFullText,
  llmsText,
  pagesOf,
  referenceOf,
} from "../../src/reference/index.ts";
import { acme, declare } from "../contract/fixtures/acme.ts";
import { ENVELOPES, standardIn } from "../contract/fixtures/contracts.ts";

const acmeApi: AnyApi = declare(acme);
const plans = { only: { title: "Only" } };
const APIS: readonly (readonly [string, AnyApi])[] = [
  ["Acme", acmeApi],
  ...Object.entries(ENVELOPES).map(([name, envelope]) => {
    const server = { plans, operations: { ping: {} } };
    return [`standard, ${name}`, defineApi(standardIn(envelope), server, standard.pages)] as const;
  }),
];

describe.each(APIS)("the pages of %s", (_name, api) => {
  const pages = pagesOf(api);

  it("have one for each code and each operation, at an address that follows from its name", () => {
    const paths = pages.map(({ path }) => path);
    const codes = Object.keys(api.wire.codes).map((code) => `errors/${code}`);
    const operations = Object.keys(api.wire.operations).map((name) => `operations/${name}`);
    expect(paths.filter((path) => path.includes("/"))).toEqual([...codes, ...operations]);
    expect(paths.filter((path) => !path.includes("/"))).toEqual([
      ...["index", "errors", "error-handling", "rate-limits", "credits", "authentication"],
      "operations",
    ]);
  });

  it("have no link that leads nowhere", () => {
    expect(brokenLinks(pages)).toEqual([]);
  });

  it("are the same bytes each time", () => {
    expect(pagesOf(api)).toEqual(pages);
  });

  it("show neither what is missing nor a placeholder", () => {
    for (const { path, markdown } of pages) {
      const prose = markdown.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`|^# .*/gm, "");
      expect(prose, path).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
      if (path !== "error-handling") expect(markdown, path).not.toMatch(/undefined|\[object/);
      expect(markdown, path).not.toMatch(/[ \t]$/m);
    }
  });

  it("do not speak of the machinery behind the API", () => {
    for (const { path, markdown } of pages) {
      expect(markdown, path).not.toMatch(/\b(?:the gate|ledger|upstream|Redis|envelope)\b/i);
    }
  });

  it("say on every code's page whom to ask with which id, when nothing else helps", () => {
    const { support, status } = api.wire.about;
    for (const { path, markdown } of pages.filter((page) => page.path.startsWith("errors/"))) {
      const [, help = ""] = /\n## If that does not help\n\n(.+)\n/.exec(markdown) ?? [];
      expect(help, path).toContain("the request ID from the header `X-Request-Id`");
      expect(help, path).toContain(support ?? "Ask whoever runs the API");
      const { retryable } = referenceOf(api).codes.find((one) => one.path === path)?.advice ?? {};
      const isNamed = retryable === true && status !== undefined;
      expect(help.includes("The status page"), path).toBe(isNamed);
    }
  });

  it("say the meaning of every code without leaving its page", () => {
    for (const code of Object.keys(api.wire.codes)) {
      const { markdown = "" } = pages.find(({ path }) => path === `errors/${code}`) ?? {};
      for (const heading of [
        ...["What happened", "How to fix", "Retry", "What to show an end user", "Example"],
        "Where it comes from",
      ]) {
        expect(markdown, code).toContain(`\n## ${heading}\n\n`);
      }
      for (const language of ["sh", "http", "ts", "python"]) {
        expect(markdown, code).toContain(`\n\`\`\`${language}\n`);
      }
    }
  });
});

describe("a link that leads nowhere", () => {
  const page = (path: string, markdown: string): DocPage => ({
    path,
    markdown,
    title: "",
    summary: "",
  });
  const target = page(
    "guide",
    "# Guide\n\n## First steps\n\n```md\n[no](link)\n## No heading\n```",
  );

  it.each([
    ["a page that is not there", "[x](../no.md)", "there is no such page"],
    ["a heading that is not there", "[x](../guide.md#no)", "the page has no such heading"],
    ["a heading in an example", "[x](../guide.md#no-heading)", "the page has no such heading"],
    ["a page by another ending", "[x](../guide.html)", "it leads to no page: pages end with .md"],
  ])("is found where it leads to %s", (_what, markdown, why) => {
    expect(brokenLinks([target, page("errors/x", markdown)])).toMatchObject([
      { path: "errors/x", why },
    ]);
  });

  it.each([
    "[x](../guide.md)",
    "[x](../guide.md#first-steps)",
    "[x](x.md)",
    "[x](#own)",
    "`[x](y)`",
  ])("is not %s", (markdown) => {
    expect(brokenLinks([target, page("errors/x", `# Own\n\n${markdown}`)])).toEqual([]);
  });

  it("goes up as far as it must, and no further", () => {
    expect(linkTo("errors/x", "errors/y")).toBe("y.md");
    expect(linkTo("errors/x", "rate-limits", "At once")).toBe("../rate-limits.md#at-once");
    expect(linkTo("index", "errors/x")).toBe("errors/x.md");
    expect(linkTo("errors", "errors", "Request IDs")).toBe("#request-ids");
    expect(anchorOf("Retry, or don't")).toBe("retry-or-dont");
  });
});

describe("llms.txt", () => {
  const text = llmsText(acmeApi);

  it("is a title, a summary and lists of links under headings, as llmstxt.org says", () => {
    const lines = text.split("\n").filter((line) => line !== "");
    expect(lines[0]).toBe("# Acme");
    expect(lines[1]).toMatch(/^> \S/);
    expect(text.match(/^#{1,6} .*/gm)).toEqual([
      ...["# Acme", "## Guides", "## Error codes", "## Optional"],
    ]);
    for (const line of text.slice(text.indexOf("## ")).split("\n")) {
      expect(line).toMatch(/^$|^## |^- \[[^\]]+\]\(https:\/\/acme\.dev\/docs\/\S+\): \S/);
    }
  });

  it("leads to every page, and the full text holds every page", () => {
    const full = llmsFullText(acmeApi);
    for (const { path, markdown } of pagesOf(acmeApi)) {
      expect(text).toContain(`(https://acme.dev/docs/${path}.md)`);
      expect(full).toContain(markdown.trim());
    }
  });
});

describe("the model of an API", () => {
  it("knows where any envelope has its members", () => {
    const rolesOf = (name: string) => {
      const api = APIS.find(([known]) => known === `standard, ${name}`)?.[1] as AnyApi;
      return referenceOf(api).envelope.map(({ path, role, whenEmpty }) => [
        path.join("/"),
        role,
        whenEmpty,
      ]);
    };
    expect(rolesOf("flat")).toEqual([
      ["error", "message", "present"],
      ["code", "code", "present"],
    ]);
    expect(rolesOf("nested")).toContainEqual(["error/param", "param", "null"]);
    expect(rolesOf("problem")).toContainEqual(["param", "param", "absent"]);
    expect(rolesOf("problem")).toContainEqual(["type", "help", "present"]);
    expect(rolesOf("listed")).toEqual([
      ["ok", undefined, "present"],
      ["problems/0/0", "param", "other"],
      ["problems/0/1", "code", "present"],
      ["problems/0/2", "message", "present"],
    ]);
  });

  it("names the variable of a key after the API", () => {
    expect(referenceOf(acmeApi).keyVariable).toBe("ACME_API_KEY");
  });

  it("takes its examples' codes and bytes from the contract itself", () => {
    const standardApi = defineApi(
      standardIn(nested()),
      { plans, operations: { ping: {} } },
      standard.pages,
    );
    for (const { code, example, status } of referenceOf(standardApi).codes) {
      expect(example.response.status).toBe(status);
      expect(JSON.parse(example.response.body)).toMatchObject({ error: { code } });
    }
  });
});
