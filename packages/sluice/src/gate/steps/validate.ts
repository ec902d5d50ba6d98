/** Step 5: does the operation exist, and is its input what the schemas say. Refusals speak in our own words. */
import { type Awaitable, andThen, isPromise } from "../../base/index.ts";
import {
  isRefusal,
  type Matched,
  type Refusal,
  refuse,
  type Schema,
} from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import { BoundedBody } from "../stream/bounded-body.ts";
import type { Input, Visit } from "../visit.ts";
import { readJsonBody } from "./body.ts";
import { resolveScope } from "./scope.ts";
import { refuseIssue } from "./wording.ts";

/** A value that passed, boxed: `undefined` is a value, too. */
interface Valid {
  readonly value: unknown;
}

const NOTHING: Valid = { value: undefined };
const EMPTY: Valid = { value: Object.freeze({}) };
const NO_INPUT: Input = {
  params: EMPTY.value,
  query: EMPTY.value,
  body: undefined,
  bodyBytes: undefined,
  passedBody: undefined,
};

export function validate(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { matched } = visit;
  if (matched.kind === "nothing") return refuse("not_found");
  if (matched.kind === "wrong_method") {
    return refuse("method_not_allowed", { allowed: matched.allowed });
  }
  if (!visit.settled.readsInput) {
    visit.input = NO_INPUT;
    return undefined;
  }
  return andThen(checkParams(visit, matched), (params) =>
    isRefusal(params)
      ? params
      : andThen(checkQuery(visit), (query) =>
          isRefusal(query)
            ? query
            : andThen(checkBody(visit, params, query), (refusal) =>
                refusal === undefined ? resolveScope(visit, gate) : refusal,
              ),
        ),
  );
}

function checkParams(
  visit: Visit,
  matched: Extract<Matched, { kind: "operation" }>,
): Awaitable<Valid | Refusal> {
  const schema = visit.settled.server.params;
  if (schema === undefined) return EMPTY;
  const raw: Record<string, string> = {};
  for (const [index, name] of matched.route.pattern.params.entries()) {
    const value = decodeSegment(matched.rawParams[index] ?? "");
    if (value === undefined) {
      return refuse("invalid_parameter", {
        param: name,
        expected: "must be percent-encoded UTF-8",
      });
    }
    raw[name] = value;
  }
  return check(schema, raw, "parameter");
}

function decodeSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function checkQuery(visit: Visit): Awaitable<Valid | Refusal> {
  const schema = visit.settled.server.query;
  if (schema === undefined) return EMPTY;
  const raw: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(visit.search)) {
    const before = raw[name];
    if (before === undefined) raw[name] = value;
    else if (typeof before === "string") raw[name] = [before, value];
    else before.push(value);
  }
  return check(schema, raw, "parameter");
}

function checkBody(visit: Visit, params: Valid, query: Valid): Awaitable<Refusal | undefined> {
  const operation = visit.settled;
  const accept = (body: Valid, bodyBytes: Uint8Array | undefined) => {
    visit.input = {
      params: params.value,
      query: query.value,
      body: body.value,
      bodyBytes,
      passedBody: undefined,
    };
    return undefined;
  };
  if (operation.server.passesBody) return passBody(visit, params, query);
  const schema = operation.server.body;
  if (schema === undefined) return accept(NOTHING, undefined);
  return andThen(readJsonBody(visit.call, operation.bodyBytesMax), (read) =>
    isRefusal(read)
      ? read
      : andThen(check(schema, read.value, "field"), (body) =>
          isRefusal(body) ? body : accept(body, read.bytes),
        ),
  );
}

/** Refuses what says that it is too large; what does not say so is counted on its way. */
function passBody(visit: Visit, params: Valid, query: Valid): Refusal | undefined {
  const { bodyBytesMax } = visit.settled;
  const declared = Number(visit.call.header("content-length") ?? 0);
  if (declared > bodyBytesMax) return refuse("body_too_large", { limit: bodyBytesMax });
  visit.input = {
    params: params.value,
    query: query.value,
    body: undefined,
    bodyBytes: undefined,
    passedBody: new BoundedBody(visit.call.openBody(), bodyBytesMax),
  };
  return undefined;
}

function check(
  schema: Schema,
  raw: unknown,
  kind: "parameter" | "field",
): Awaitable<Valid | Refusal> {
  const checked = schema["~standard"].validate(raw);
  const conclude = (result: Awaited<typeof checked>): Valid | Refusal =>
    result.issues === undefined
      ? { value: result.value }
      : refuseIssue(schema, raw, result.issues, kind);
  return isPromise(checked) ? checked.then(conclude) : conclude(checked);
}
