// A schema as data refuses what the same schema in zod refuses, blames the same parameter, and asks for the same.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bodySchema } from "../../../src/config/schema/standard-schema.ts";
import { asking } from "./asking.ts";

/** A schema, and bodies that are nearly right. */
interface Sample {
  readonly schema: z.ZodType;
  readonly near: fc.Arbitrary<unknown>;
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "1"), maxLength: 5 });
const junk = fc.oneof(
  word,
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom(null, true, 1.5, [], {}),
);

function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: junk });
}

const text: fc.Arbitrary<Sample> = fc
  .record({
    min: fc.integer({ min: 0, max: 2 }),
    max: fc.integer({ min: 2, max: 4 }),
    pattern: fc.boolean(),
  })
  .map(({ min, max, pattern }) => {
    const schema = z.string().min(min).max(max);
    return { schema: pattern ? schema.regex(/^[a-z]*$/) : schema, near: mostly(word) };
  });

const number: fc.Arbitrary<Sample> = fc
  .record({
    whole: fc.boolean(),
    min: fc.integer({ min: -2, max: 2 }),
    max: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ whole, min, max }) => ({
    schema: (whole ? z.int() : z.number()).min(min).max(max),
    near: mostly(fc.oneof(fc.integer({ min: -3, max: 7 }), fc.constantFrom(1.5, 2.25))),
  }));

const choice: fc.Arbitrary<Sample> = fc.constant({
  schema: z.enum(["a", "b", "ab"]),
  near: mostly(word),
});

const truth: fc.Arbitrary<Sample> = fc.constant({
  schema: z.boolean(),
  near: mostly(fc.boolean()),
});

const textOrNumber: fc.Arbitrary<Sample> = fc.tuple(text, number, truth).map((all) => ({
  schema: z.union(all.map(({ schema }) => schema)),
  near: fc.oneof(...all.map(({ near }) => near)),
}));

const leaf = fc.oneof(text, number, choice, truth, textOrNumber);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    list(tie("sample")),
    members(tie("sample")),
    tagged(tie("sample")),
    tie("sample").map(({ schema, near }) => ({
      schema: schema.nullable(),
      near: fc.oneof(near, fc.constant(null)),
    })),
  ),
}));

function list(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(item, fc.integer({ min: 1, max: 3 })).map(([{ schema, near }, max]) => ({
    schema: z.array(schema).min(1).max(max),
    near: mostly(fc.array(near, { maxLength: 4 })),
  }));
}

function members(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .record({ a: member, b: member, c: member, optional: fc.boolean(), strict: fc.boolean() })
    .map(({ a, b, c, optional, strict }) => {
      const shape = { a: a.schema, b: optional ? b.schema.optional() : b.schema, c: c.schema };
      const sent = { a: a.near, b: b.near, c: c.near, d: junk };
      const some = fc.record(sent, { requiredKeys: [] });
      const all = fc.record({ a: a.near, b: b.near, c: c.near });
      // The order in which a caller writes members decides which fault speaks.
      const shuffled = fc
        .tuple(fc.oneof(all, some), fc.boolean())
        .map(([value, turn]) =>
          turn ? Object.fromEntries(Object.entries(value).toReversed()) : value,
        );
      return { schema: strict ? z.strictObject(shape) : z.object(shape), near: mostly(shuffled) };
    });
}

function tagged(member: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(member, member).map(([x, y]) => ({
    schema: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("x"), value: x.schema }),
      z.object({ kind: z.literal("y"), value: y.schema }),
    ]),
    near: mostly(
      fc.record(
        { kind: fc.constantFrom("x", "y", "z"), value: fc.oneof(x.near, y.near) },
        { requiredKeys: [] },
      ),
    ),
  }));
}

/** What zod says of itself; `$schema` is for other tools. */
function asData(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: "input" }) as Record<string, unknown>;
}

describe("a schema as data", () => {
  it("refuses what the same schema in zod refuses, in the same words", async () => {
    const withBodies = sample.chain(({ schema, near }) =>
      fc.tuple(fc.constant(schema), fc.array(near, { minLength: 4, maxLength: 12 })),
    );
    let refused = 0;
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(withBodies, async ([schema, bodies]) => {
        const askZod = await asking({ body: schema });
        const askData = await asking({ body: bodySchema(asData(schema)) });
        for (const value of bodies) {
          const body = JSON.stringify(value);
          const byZod = await askZod({ body });
          const { status, code, param, message } = await askData({ body });
          expect({ body, status, code, param, message }).toEqual({
            body,
            status: byZod.status,
            code: byZod.code,
            param: byZod.param,
            message: byZod.message,
          });
          if (status === 200) passed++;
          else refused++;
        }
      }),
      { numRuns: 150 },
    );
    // Neither everything nor nothing: else the property would say little.
    expect(Math.min(passed, refused)).toBeGreaterThan(200);
    // Thousands of requests take a while on a busy machine.
  }, 60_000);
});
