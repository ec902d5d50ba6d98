// OpenAPI from a contract: what the tools of others make of it, and that nothing is in it that cannot be answered.

import {
  compileErrors,
  exampleCount,
  prismExamples,
  redoclyProblems,
  typesOf,
  wrongExamples,
} from "@sluice-internal/reference-checks/openapi";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type AnyApi,
  defineApi,
  defineWire,
  nested,
  problem,
  standard,
} from "../../src/contract/index.ts";
import {
  openApiOf,
  possibleRefusals,
  refusalsOfNoOperation,
  schemaNameOf,
} from "../../src/reference/index.ts";
import { acme, acmePages, acmeServer, acmeWire, declare } from "../contract/fixtures/acme.ts";
import { ENVELOPES, standardIn } from "../contract/fixtures/contracts.ts";

const license = { name: "None", url: "https://acme.dev/license" };

function standardApi(envelope = nested()): AnyApi {
  const server = { plans: { only: { title: "Only" } }, operations: { ping: {} } };
  return defineApi(standardIn(envelope), server, standard.pages);
}

const APIS: readonly (readonly [string, AnyApi])[] = [
  ["Acme", declare(acme)],
  ["standard, nested", standardApi()],
  ["standard, problem", standardApi(problem())],
  ["standard, an envelope of one's own", standardApi(ENVELOPES["listed"])],
];

interface Responses {
  readonly [status: string]: { readonly $ref?: string };
}

function operationsIn(api: AnyApi) {
  const document = openApiOf(api, { license });
  const paths = Object.values(document["paths"] as Record<string, Record<string, object>>);
  return paths.flatMap((item) => Object.values(item)) as readonly {
    readonly operationId: string;
    readonly responses: Responses;
  }[];
}

describe.each(APIS)("the OpenAPI document of %s", (_name, api) => {
  const document = openApiOf(api, { license });

  it("has nothing that Redocly's strictest rules complain of", () => {
    expect(redoclyProblems(document)).toEqual([]);
  });

  it("has examples that their schemas take", () => {
    expect(exampleCount(document)).toBeGreaterThan(10);
    expect(wrongExamples(document)).toEqual([]);
  });

  it("is read by Prism's parser, with every code that an operation can answer", () => {
    const examples = prismExamples(document);
    expect(Object.keys(examples).toSorted()).toEqual(Object.keys(api.wire.operations).toSorted());
    for (const [name, found] of Object.entries(examples)) {
      const possible = possibleRefusals(api, name).map(({ code }) => code);
      const own = possible.map((code) => `${api.wire.codes[code]?.status} ${code}`);
      const none = refusalsOfNoOperation(api).map(({ code }) => `default ${code}`);
      expect(found.toSorted(), name).toEqual([...new Set([...own, ...none])].toSorted());
    }
  });

  it("is the same bytes each time", () => {
    expect(JSON.stringify(openApiOf(api, { license }))).toBe(JSON.stringify(document));
  });

  it("names each operation as the contract does", () => {
    const names = operationsIn(api).map(({ operationId }) => operationId);
    expect(names.toSorted()).toEqual(Object.keys(api.wire.operations).toSorted());
  });
});

describe("the types that openapi-typescript makes of it", () => {
  it("tell codes apart, and know no code that the operation cannot answer", async () => {
    const types = await typesOf(openApiOf(standardApi(), { license }));
    const program = `
      import type { operations } from "./api.js";
      type Answers = operations["ping"]["responses"];
      export function told(body: Answers[401]["content"]["application/json"]): string {
        const { error } = body;
        switch (error.code) {
          case "missing_key": return error.message;
          case "malformed_key": case "unknown_key": case "revoked_key": case "expired_key": return "";
          // @ts-expect-error: nothing is left
          default: return error.code;
        }
      }
      export const status: keyof Answers = 429;
      // @ts-expect-error: there are no credits
      export const none: Answers[402]["content"]["application/json"]["error"]["code"] = "credits_exhausted";
      export const wait = (headers: Answers[429]["headers"]): number => headers["Retry-After"];
    `;
    expect(compileErrors(types, program)).toBe("");
  });

  it("compile for a contract with everything in it", async () => {
    const types = await typesOf(openApiOf(declare(acme), { license }));
    const program = `import type { paths } from "./api.js"; export type Used = paths;`;
    expect(compileErrors(types, program)).toBe("");
  });
});

describe("a refusal", () => {
  it("has the headers that go with its status", () => {
    const document = openApiOf(declare(acme));
    const text = JSON.stringify(document["components"]);
    const headersOf = (status: number) => {
      const { responses } =
        operationsIn(declare(acme)).find((one) => one.operationId === "createItem") ?? {};
      const name = responses?.[status]?.$ref?.split("/").at(-1) ?? "";
      const components = JSON.parse(text) as { responses: Record<string, { headers: object }> };
      return Object.keys(components.responses[name]?.headers ?? {});
    };
    const always = ["X-Request-Id", "Link"];
    const window = ["RateLimit-Policy", "RateLimit"];
    expect(headersOf(401).toSorted()).toEqual([...always, "WWW-Authenticate"].toSorted());
    expect(headersOf(402).toSorted()).toEqual([...always, ...window].toSorted());
    expect(headersOf(429).toSorted()).toEqual([...always, ...window, "Retry-After"].toSorted());
    expect(text).toContain('"Allow"');
  });

  it("that nothing can be answered with is no part of the document", () => {
    const text = JSON.stringify(openApiOf(standardApi()));
    for (const code of ["credits_exhausted", "conflict", "missing_field"]) {
      expect(text).not.toContain(schemaNameOf(code));
    }
  });
});

describe("schemas", () => {
  /** An item that can hold items. */
  const node = z.object({
    name: z.string(),
    get children() {
      return z.array(node).optional();
    },
  });
  const server = {
    ...acmeServer,
    operations: {
      ...acmeServer.operations,
      createItem: { body: node, output: node, example: { body: { name: "Root", children: [] } } },
      analyse: { passesBody: true as const },
    },
  };
  const wire = defineWire({
    ...acmeWire,
    about: { title: "Acme" },
    headers: { rateLimit: "none" },
    operations: {
      ...acmeWire.operations,
      createItem: { ...acmeWire.operations.createItem, path: "/files/{rest*}" },
    },
  });
  const api: AnyApi = defineApi(wire, server, acmePages);
  const document = openApiOf(api, { license });

  it("that refer to themselves are kept among the components", () => {
    expect(redoclyProblems(document)).toEqual([]);
    expect(wrongExamples(document)).toEqual([]);
    expect(JSON.stringify(document)).not.toContain("$defs");
  });

  it("may be missing, and a rest of a path is a parameter", () => {
    expect(Object.keys(document["paths"] as object)).toContain("/files/{rest}");
    expect(document["servers"]).toEqual([{ url: "/v1" }]);
  });
});
