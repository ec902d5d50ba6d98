/** What documents show of operations: examples that the schemas accept, conditions that exist. */

import { isPromise } from "../../base/index.ts";
import { CONDITION_NAMES } from "../condition.ts";
import type { InputExample } from "../example.ts";
import type { ServerOperation, WireOperation } from "../operation.ts";
import { parsePattern } from "../path.ts";
import type { Schema } from "../schema.ts";
import type { ServerDeclaration } from "../server.ts";
import type { AnyWire } from "../wire.ts";
import type { Complaints } from "./advice.ts";

const INPUT = ["params", "query", "body"] as const;

/** Of one operation that is on the wire and in the server layer. */
export function checkShown(
  at: string,
  declared: WireOperation,
  { reports, successStatus, ...operation }: ServerOperation,
  wire: AnyWire,
  complaints: Complaints,
): void {
  const known = [...CONDITION_NAMES, ...Object.keys(wire.domain ?? {})];
  for (const condition of reports ?? []) {
    complaints.unknownName(`${at}.reports`, "condition", condition, known);
  }
  if (successStatus !== undefined) {
    complaints.wholeNumber(`${at}.successStatus`, successStatus, 200, 299);
  }
  const { example } = operation;
  if (example === undefined) return;
  complaints.unknownMembers(`${at}.example`, example, [...INPUT, "output"]);
  const before = complaints.list.length;
  checkParamNames(`${at}.example`, declared, example, complaints);
  const isNamed = complaints.list.length === before;
  for (const part of [...INPUT, "output"] as const) {
    const value = example[part];
    // A name that is wrong was reported above; that the right one is missing as well helps nobody.
    if (value === undefined || (part === "params" && !isNamed)) continue;
    const schema = operation[part];
    const place = `${at}.example.${part}`;
    if (schema === undefined) {
      complaints.add(place, `the operation has no schema for ${part}`, "leave it out");
    } else if (!accepts(schema, value)) {
      complaints.add(place, "the schema does not accept it", "show what works, as it is sent");
    }
  }
}

function checkParamNames(
  at: string,
  { path }: WireOperation,
  { params = {} }: InputExample,
  complaints: Complaints,
): void {
  const pattern = parsePattern(path);
  if (typeof pattern === "string") return;
  complaints.unknownMembers(`${at}.params`, params, pattern.params);
}

/** A schema that has to wait for something is not asked. */
function accepts(schema: Schema, value: unknown): boolean {
  const checked = schema["~standard"].validate(value);
  return isPromise(checked) || checked.issues === undefined;
}

export function checkRefusedExamples(
  wire: AnyWire,
  { examples = {} }: ServerDeclaration<string, string>,
  complaints: Complaints,
): void {
  complaints.unknownMembers("examples", examples, Object.keys(wire.codes));
  for (const [code, example] of Object.entries(examples)) {
    const at = `examples.${code}`;
    complaints.unknownMembers(at, example, [...INPUT, "operation", "headers", "given"]);
    const names = Object.keys(wire.operations);
    const declared = wire.operations[example.operation];
    if (declared === undefined) {
      complaints.unknownName(`${at}.operation`, "operation", example.operation, names);
    } else checkParamNames(at, declared, example, complaints);
  }
}
