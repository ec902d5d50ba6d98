/** Everything that there is to say of one code. */
import {
  type AnyApi,
  CONDITIONS,
  type CodeEntry,
  isCondition,
  type Page,
  stepOf,
} from "../../contract/index.ts";
import { pathOfCode } from "./addresses.ts";
import { type Advice, adviceOn } from "./advice.ts";
import { type CodeExample, exampleOf } from "./example.ts";
import { meaningOf, reasonFor } from "./given.ts";
import { possibleRefusals, refusalsOfNoOperation } from "./possible.ts";
import { relatedCodes } from "./related.ts";
import { statusWords } from "./statuses.ts";

export interface CodeReference {
  readonly code: string;
  readonly entry: CodeEntry;
  readonly status: number;
  /** `Too Many Requests`. */
  readonly phrase: string;
  /** In a line: what it is, and what to do. */
  readonly summary: string;
  /** What somebody wrote about it. */
  readonly page: Page;
  readonly advice: Advice;
  readonly causes: readonly Cause[];
  readonly example: CodeExample;
  /** Other codes, the nearest first. */
  readonly related: readonly string[];
  /** Of its page, below `about.docs` and without an extension. */
  readonly path: string;
}

/** One reason for a code, and where it can come about. */
export interface Cause {
  readonly condition: string;
  readonly reason: string;
  /** The message that it comes with; undefined where it is the code's own. */
  readonly message: string | undefined;
  /** Names of operations; `all` where every one of them can. */
  readonly operations: readonly string[] | "all";
  /** Whether a request that reaches no operation can be refused for it, too. */
  readonly atNone: boolean;
}

export function codeReference(api: AnyApi, code: string): CodeReference {
  const entry = api.wire.codes[code] as CodeEntry;
  const page = api.pages[code] as Page;
  const conditions = api.wire.spellings.conditionsOf(code);
  const alwaysWaits = conditions.every((one) => isCondition(one) && CONDITIONS[one].waits);
  return {
    code,
    entry,
    status: entry.status,
    phrase: statusWords(entry.status).phrase,
    summary: page.summary || conditions.map(meaningOf).join(" "),
    page,
    advice: adviceOn(entry, alwaysWaits),
    causes: causesOf(api, code, conditions),
    example: exampleOf(api, code),
    related: relatedCodes(api, code),
    path: pathOfCode(code),
  };
}

function causesOf(api: AnyApi, code: string, conditions: readonly string[]): readonly Cause[] {
  const names = Object.keys(api.wire.operations);
  const possible = new Map(names.map((name) => [name, possibleRefusals(api, name)]));
  const atNone = refusalsOfNoOperation(api);
  const steps = ["match", "identify", "admit", "authorise", "validate", "reserve", "run"];
  return conditions
    .map((condition) => {
      const isIt = (one: { readonly condition: string; readonly code: string }) =>
        one.condition === condition && one.code === code;
      const operations = names.filter((name) => possible.get(name)?.some(isIt));
      const isAll = operations.length === names.length;
      const message = api.wire.spellings.messageOf(condition, code);
      return {
        condition,
        reason: reasonFor(api, condition),
        message,
        operations: isAll ? ("all" as const) : operations,
        atNone: atNone.some(isIt),
      };
    })
    .filter(({ operations, atNone: none }) => operations === "all" || operations.length > 0 || none)
    .toSorted((a, b) => steps.indexOf(stepOf(a.condition)) - steps.indexOf(stepOf(b.condition)));
}
