// Slips in schemas.

import type { Change } from "../small.ts";
import type { Wrong } from "./wrong.ts";

const brand = { type: "object", properties: { name: { type: "string" } } };
const schemaWith = (schema: unknown): Change => ["contract.operations.createBrand.body", schema];

export const SCHEMAS: readonly Wrong[] = [
  [
    "a keyword",
    [schemaWith({ type: "string", maxLenght: 5 })],
    "contract.operations.createBrand.body.maxLenght",
    /did you mean "maxLength"/,
  ],
  [
    "a type",
    [schemaWith({ type: "objekt" })],
    "contract.operations.createBrand.body.type",
    /did you mean "object"/,
  ],
  [
    "a format",
    [schemaWith({ type: "string", format: "date-tme" })],
    "contract.operations.createBrand.body.format",
    /did you mean "date-time"/,
  ],
  [
    "a keyword far below",
    [schemaWith({ properties: { a: { items: { anyOf: [{ minimun: 1 }] } } } })],
    "contract.operations.createBrand.body.properties.a.items.anyOf.0.minimun",
    /did you mean "minimum"/,
  ],
  [
    "a keyword of OpenAPI 3.0",
    [schemaWith({ type: "string", nullable: true })],
    "contract.operations.createBrand.body.nullable",
    /"null"/,
  ],
  [
    "required on a property",
    [schemaWith({ properties: { a: { type: "string", required: true } } })],
    "contract.operations.createBrand.body.properties.a.required",
    /list names/,
  ],
  [
    "a required name that is nearly one",
    [schemaWith({ ...brand, required: ["nam"] })],
    "contract.operations.createBrand.body.required",
    /did you mean "name"/,
  ],
  [
    "a reference to nowhere",
    [schemaWith({ $ref: "#/$defs/brnd", $defs: { brand } })],
    "contract.operations.createBrand.body.$ref",
    /did you mean "#\/\$defs\/brand"/,
  ],
  [
    "a reference to the network",
    [schemaWith({ $ref: "https://a/b" })],
    "contract.operations.createBrand.body.$ref",
    /leads nowhere/,
  ],
  [
    "a pattern with a look-ahead",
    [schemaWith({ type: "string", pattern: "^(?!a)" })],
    "contract.operations.createBrand.body.pattern",
    /linear time.*RE2/,
  ],
  [
    "a pattern that is none",
    [schemaWith({ type: "string", pattern: "(" })],
    "contract.operations.createBrand.body.pattern",
    /RE2/,
  ],
  [
    "a number that is a text",
    [schemaWith({ minLength: "5" })],
    "contract.operations.createBrand.body.minLength",
    /must be integer/,
  ],
  [
    "unique objects without an end",
    [schemaWith({ type: "array", uniqueItems: true, items: brand })],
    "contract.operations.createBrand.body.uniqueItems",
    /maxItems of at most 1000/,
  ],
  [
    "a schema within that is none",
    [schemaWith({ items: 5 })],
    "contract.operations.createBrand.body.items",
    /is no schema/,
  ],
  [
    "no schema",
    [schemaWith("string")],
    "contract.operations.createBrand.body",
    /is no JSON Schema/,
  ],
  [
    "if without then",
    [schemaWith({ if: brand })],
    "contract.operations.createBrand.body",
    /"if" without "then"/,
  ],
];
