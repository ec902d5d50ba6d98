// OpenAPI files that no gate can serve: each complaint names the file, the line and the place.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/config/index.ts";
import { type Change, changed, load } from "../small.ts";

const home = mkdtempSync(join(tmpdir(), "sluice-openapi-"));
afterAll(() => rmSync(home, { recursive: true }));
let count = 0;

const terms = {
  openapi: "./openapi.yaml",
  key: { prefixes: { live: "acme_live_" } },
  plans: { free: {}, pro: {} },
};

async function complaintsOf(
  files: Readonly<Record<string, string>>,
  ...changes: Change[]
): Promise<string[]> {
  const folder = join(home, String(++count));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  try {
    await load(changed([["contract", terms], ...changes]), folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.complaints.map(({ at, what }) => `${at}: ${what}`);
  }
  return [];
}

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const post = (schema: string, more = "") => `${head}paths:
  /a:
    post:
      operationId: doIt
      requestBody:
        required: true
        content: { application/json: { schema: ${schema} } }
      responses: {}
${more}`;

describe("an OpenAPI file", () => {
  it.each<[string, string, string[]]>([
    ["that is no YAML", "openapi: [", [expect.stringMatching(/^openapi.yaml:1:\d+: /) as never]],
    ["of Swagger 2.0", "swagger: '2.0'", ["openapi.yaml: is Swagger 2.0"]],
    ["of a version to come", "openapi: 4.0.0", ["openapi.yaml: has the version 4.0.0"]],
    ["that is something else", "- 1\n- 2", ["openapi.yaml: has the version of nothing"]],
    ["without operations", `${head}paths: {}`, ["contract.operations: there are none"]],
    [
      "with a slip in a schema",
      post("{ type: strin }"),
      [
        'openapi.yaml:9 paths./a.post.requestBody.content.application/json.schema.type: there is no type "strin"',
      ],
    ],
    [
      "with a slip behind a reference",
      post(
        "{ $ref: '#/components/schemas/A' }",
        "components:\n  schemas:\n    A:\n      properties:\n        b: { minLenght: 1 }\n",
      ),
      ["openapi.yaml:15 components.schemas.A.properties.b.minLenght: is no keyword of JSON Schema"],
    ],
    [
      "with a reference to nowhere",
      post("{ $ref: '#/components/schemas/A' }"),
      [
        'openapi.yaml:9 paths./a.post.requestBody.content.application/json.schema.$ref: "#/components/schemas/A" leads nowhere',
      ],
    ],
    [
      "with a reference to the network",
      post("{ $ref: 'https://a.dev/b.yaml#/A' }"),
      [
        'openapi.yaml:9 paths./a.post.requestBody.content.application/json.schema.$ref: "https://a.dev/b.yaml#/A" leads out of these files',
      ],
    ],
    [
      "with a reference to a file that is not there",
      post("{ $ref: 'none.yaml#/A' }"),
      [expect.stringMatching(/schema.\$ref: .*none.yaml does not exist$/) as never],
    ],
    [
      "with a parameter that refers to itself",
      `${head}paths:\n  /a:\n    get:\n      parameters: [{ $ref: '#/components/parameters/A' }]\n      responses: {}\ncomponents: { parameters: { A: { $ref: '#/components/parameters/A' } } }`,
      ["openapi.yaml:6 paths./a.get.parameters.0: refers to itself"],
    ],
    [
      "with two operations of one name",
      `${head}paths:\n  /a:\n    get: { operationId: same }\n  /b:\n    get: { operationId: same }`,
      ['openapi.yaml:7 paths./b.get: "same" is the name of openapi.yaml:5 paths./a.get, too'],
    ],
    [
      "with a path that no gate can tell",
      `${head}paths:\n  /report.{format}:\n    get: { operationId: report }`,
      [
        'contract.operations.report.path: the segment "report.{format}" is neither a plain word nor a {parameter}',
      ],
    ],
    [
      "with a slip in what it says for us",
      post("{}").replace(
        "      responses",
        "      x-sluice: { prise: { fixed: 1 } }\n      responses",
      ),
      ["openapi.yaml:10 paths./a.post.x-sluice.prise: nothing reads this"],
    ],
  ])("%s", async (_, text, complaints) => {
    expect(await complaintsOf({ "openapi.yaml": text })).toEqual(complaints);
  });

  it("that is not there", async () => {
    expect(await complaintsOf({})).toEqual(["contract.openapi: openapi.yaml does not exist"]);
  });

  it("that lacks what the configuration speaks of", async () => {
    const changes: Change[] = [
      ["contract.operations", { doIr: { price: { fixed: 1 } } }],
      ["contract.leaveOut", ["doNothing"]],
    ];
    expect(await complaintsOf({ "openapi.yaml": post("{}") }, ...changes)).toEqual([
      "contract.operations.doIr: the OpenAPI file has no such operation, and it has no method and path of its own",
      'contract.leaveOut.0: there is no operation "doNothing"',
    ]);
  });

  it("whose aliases unfold into more than anybody wrote", async () => {
    const lines = Array.from(
      { length: 9 },
      (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`,
    );
    const text = `${head}a0: &a0 [1]\n${lines.join("\n")}\npaths: {}`;
    expect(await complaintsOf({ "openapi.yaml": text })).toEqual([
      expect.stringMatching(/^openapi.yaml: Excessive alias count/),
    ]);
  });
});
