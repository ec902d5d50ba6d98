// docs/configuration.md says of every option what it is, with the bounds that the checker holds it to; its examples work.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { configShape, openApiConfigShape } from "../../src/config/shape/config-shape.ts";
import type { Shape } from "../../src/config/shape/shape.ts";
import { durationText, sizeText } from "../../src/config/written.ts";
import { optionsOf } from "./options.ts";

const page = new URL("../../../../docs/configuration.md", import.meta.url);
const text = readFileSync(page, "utf8");
const options = optionsOf(configShape, openApiConfigShape);

/** The rows of all tables: an option's path and what is said of it. */
const rows = new Map(
  [...text.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, path = "", said = ""]) => [path, said]),
);

/** What a row must name: bounds, and the words that can be chosen. */
function wordsOf(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case "number":
      return [shape.min, shape.max].map((n) => n.toLocaleString("en"));
    case "duration":
      return [durationText(shape.minMs), durationText(shape.maxMs)];
    case "size":
      return [sizeText(shape.minBytes), sizeText(shape.maxBytes)];
    case "choice":
      return shape.of;
    case "either":
      return Object.values(shape.by).flatMap(wordsOf);
    default:
      return [];
  }
}

describe("the page about configuration", () => {
  it("speaks of every option, and of no other", () => {
    expect([...rows.keys()].toSorted()).toEqual([...options.keys()].toSorted());
  });

  it("gives the bounds and the words that the checker takes", () => {
    const silent = [...options].flatMap(([path, shape]) => {
      const said = rows.get(path) ?? "";
      return wordsOf(shape)
        .filter((word) => !said.includes(word))
        .map((word) => `${path}: ${word}`);
    });
    expect(silent).toEqual([]);
  });
});

describe("the examples of the page", () => {
  const home = mkdtempSync(join(tmpdir(), "sluice-documents-"));
  afterAll(() => rmSync(home, { recursive: true }));
  const examples = [...text.matchAll(/^```ts\n(export default [\s\S]*?)^```$/gm)].map(
    ([, code]) => code,
  );

  it("are there", () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(examples.map((code, index) => [index + 1, code] as const))(
    "number %i works",
    async (index, code) => {
      const folder = join(home, String(index));
      mkdirSync(folder);
      const file = join(folder, "sluice.config.mjs");
      // Types are for whoever writes it; what runs is plain JavaScript.
      writeFileSync(file, (code ?? "").replace(/ satisfies [^;]*;/, ";"));
      const api =
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: { /chat: { post: { operationId: chat } } }";
      writeFileSync(join(folder, "openapi.yaml"), api);
      const secret = "0123456789abcdef0123456789abcdef";
      const environment = {
        SLUICE_PEPPER: secret,
        SLUICE_CALLER_SECRET: secret,
        SLUICE_REDIS_URL: "redis://redis",
        SLUICE_DATABASE_URL: "postgres://database/sluice",
      };
      expect((await loadConfig(file, environment)).settings.apis).toHaveLength(1);
    },
  );
});
