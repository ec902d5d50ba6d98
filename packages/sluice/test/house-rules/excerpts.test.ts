// The rule on planted documents, and on what it must let pass.

import { describe, expect, it } from "vitest";
import { showsWhatIsNowhere } from "./excerpts.ts";

const file = "import a from 'a';\n\nfunction run() {\n  if (a) {\n    b();\n\n    c();\n  }\n}\n";
const read = (path: string) => (path === "examples/a/a.ts" ? file : undefined);
const at = (info: string, code: string, isStrict = false) =>
  showsWhatIsNowhere(
    [{ path: "docs/a.md", text: `# A\n\n\`\`\`${info}\n${code}\n\`\`\`\n`, isStrict }],
    read,
  );

describe("an excerpt", () => {
  it("is whole lines of the file that it names, moved to the left", () => {
    expect(at("ts examples/a/a.ts", "import a from 'a';")).toEqual([]);
    expect(at("ts examples/a/a.ts", "if (a) {\n  b();\n\n  c();\n}")).toEqual([]);
  });

  it.each([
    ["another word", "if (a) {\n  d();"],
    ["a part of a line", "import a"],
    ["a line too few", "b();\nc();"],
    ["another indentation", "if (a) {\nb();"],
    ["more than there is", "  }\n}\n\nmore();"],
  ])("is nothing else: %s", (_, code) => {
    expect(at("ts examples/a/a.ts", code)).toEqual([
      "docs/a.md:3 does not stand in examples/a/a.ts: copy the lines from there",
    ]);
  });

  it("names a file that there is", () => {
    expect(at("ts examples/b/b.ts", "b();")).toEqual([
      "docs/a.md:3 names examples/b/b.ts, and there is none: name the file it is in",
    ]);
  });

  it("names one in a document that is strict, where it is TypeScript", () => {
    expect(at("ts", "b();", true)).toEqual([
      "docs/a.md:3 shows code of nowhere: name its file behind ```ts",
    ]);
    expect(at("tsx", "b();", true)).toHaveLength(1);
    expect(at("sh background", "npm ci", true)).toEqual([]);
    expect(at("ts", "b();")).toEqual([]);
  });
});
