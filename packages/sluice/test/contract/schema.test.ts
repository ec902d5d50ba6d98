// Schemas: what a library of the user's own can say of what it accepts.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonSchemaOf, type Schema } from "../../src/contract/index.ts";

describe("the JSON Schema of a schema", () => {
  it("is what its library says of the input", () => {
    const schema = z.object({ limit: z.string().transform(Number) });
    expect(jsonSchemaOf(schema)).toMatchObject({
      type: "object",
      properties: { limit: { type: "string" } },
    });
  });

  it("is unknown where the library cannot say it in JSON Schema", () => {
    expect(jsonSchemaOf(z.object({ at: z.date() }))).toBeUndefined();
  });

  it("is unknown where the library has none to give", () => {
    const { validate, vendor, version } = z.string()["~standard"];
    const plain: Schema = { "~standard": { validate, vendor, version } };
    expect(jsonSchemaOf(plain)).toBeUndefined();
  });
});
