/**
 * A validator's issue as a refusal in our own words. What was expected is read from the schema's JSON Schema,
 * so the sentence is the same whichever library checked, and never carries a validator's internals.
 */
import {
  expectation,
  type Issue,
  type Path,
  type Refusal,
  refuse,
  type Schema,
  unknownMember,
} from "../../contract/index.ts";

export function refuseIssue(
  schema: Schema,
  raw: unknown,
  issues: readonly Issue[],
  kind: "parameter" | "field",
): Refusal {
  const at = firstInDocumentOrder(raw, issues);
  const stranger = unknownMember(schema, at, valueAt(raw, at));
  const path = stranger === undefined ? at : [...at, stranger];
  const param = path.length === 0 ? undefined : path.map(String).join(".");
  const present = valueAt(raw, path) !== undefined;
  if (kind === "field" && param !== undefined && !present)
    return refuse("missing_field", { param });
  const expected = !present
    ? "is required"
    : stranger === undefined
      ? expectation(schema, path)
      : "must be left out";
  if (kind === "parameter")
    return refuse("invalid_parameter", { param: param ?? "query", expected });
  return refuse("invalid_field", { param: param ?? "body", expected });
}

/** Of several issues the one speaks that the caller wrote first; absent fields come after present ones. */
function firstInDocumentOrder(raw: unknown, issues: readonly Issue[]): Path {
  const paths = issues.map((issue) =>
    (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part)),
  );
  const positions: Positions = new Map();
  let first: { path: Path; rank: readonly number[] } | undefined;
  for (const path of paths) {
    const rank = rankOf(raw, path, positions);
    if (first === undefined || compareRanks(rank, first.rank) < 0) first = { path, rank };
  }
  return first?.path ?? [];
}

/** Where each member of an object stands, listed once: a body can hold as many issues as members. */
type Positions = Map<object, ReadonlyMap<string, number>>;

function rankOf(raw: unknown, path: Path, positions: Positions): readonly number[] {
  const rank: number[] = [];
  let here = raw;
  for (const key of path) {
    rank.push(positionOf(here, key, positions) ?? Number.MAX_SAFE_INTEGER);
    here = valueAt(here, [key]);
  }
  return rank;
}

function positionOf(here: unknown, key: PropertyKey, positions: Positions): number | undefined {
  if (typeof here !== "object" || here === null) return undefined;
  if (Array.isArray(here)) return Object.hasOwn(here, key) ? Number(key) : undefined;
  let known = positions.get(here);
  if (known === undefined) {
    known = new Map(Object.keys(here).map((name, position) => [name, position]));
    positions.set(here, known);
  }
  return known.get(String(key));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function valueAt(raw: unknown, path: Path): unknown {
  let here = raw;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}
